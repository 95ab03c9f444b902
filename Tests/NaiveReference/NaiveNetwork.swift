public enum NaiveOutput: Sendable { case linear, softmax, sigmoid }
public enum NaiveReadOut: Sendable { case everyStep, lastStep, meanOverSteps }

/// The mathematics as scalar loops in `Double`, one sequence after the other: the reference for the engine. It imports
/// nothing, shares nothing with the engine, and is never made faster.
///
/// There are layers of one or two cells, whose states stand side by side or are added, and a read-out.
public struct NaiveNetwork: Sendable {
    /// The matrix by which one-hot rows of tokens are multiplied; nil for values.
    public var embedding: [[Double]]?
    public var layers: [[NaiveCell]]
    public var addsDirections: Bool
    public var Wy: [[Double]]
    public var by: [Double]
    public var output: NaiveOutput
    public var readOut: NaiveReadOut
    public var elementary: Elementary
    /// Every δ that multiplies weights is clipped to ± this; nil for not at all.
    public var stepLimit: Double?

    public init(
        embedding: [[Double]]? = nil, layers: [[NaiveCell]], addsDirections: Bool = false, Wy: [[Double]],
        by: [Double], output: NaiveOutput, readOut: NaiveReadOut = .everyStep, elementary: Elementary
    ) {
        self.embedding = embedding
        self.layers = layers
        self.addsDirections = addsDirections
        self.Wy = Wy
        self.by = by
        self.output = output
        self.readOut = readOut
        self.elementary = elementary
    }

    var O: Int { by.count }

    func limited(_ delta: Double) -> Double {
        guard let stepLimit else { return delta }
        return delta > stepLimit ? stepLimit : delta < -stepLimit ? -stepLimit : delta
    }

    /// y = σ(a)
    func sigma(_ a: [Double]) -> [Double] {
        switch output {
        case .linear: return a
        case .sigmoid: return a.map { 1 / (1 + elementary.exp(-$0)) }
        case .softmax:
            let powers = a.map { elementary.exp($0) }
            var sum = 0.0
            for power in powers { sum += power }
            return powers.map { $0 / sum }
        }
    }

    /// ∂y_i/∂a_j at y = σ(a).
    func sigmaSlope(_ y: [Double], _ i: Int, _ j: Int) -> Double {
        let same = i == j ? 1.0 : 0.0
        switch output {
        case .linear: return same
        case .sigmoid: return same * y[i] * (1 - y[i])
        case .softmax: return y[i] * (same - y[j])
        }
    }
}
