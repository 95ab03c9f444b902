// The mathematics as scalar loops in Double, one sequence after the other, to hold the engine
// against. It imports nothing and shares nothing with the engine; it is never made faster.

/// The elementary functions, handed in because nothing is imported.
public struct Elementary: Sendable {
    let exp: @Sendable (Double) -> Double
    let log: @Sendable (Double) -> Double
    let tanh: @Sendable (Double) -> Double

    public init(
        exp: @escaping @Sendable (Double) -> Double, log: @escaping @Sendable (Double) -> Double,
        tanh: @escaping @Sendable (Double) -> Double
    ) {
        self.exp = exp
        self.log = log
        self.tanh = tanh
    }
}

public enum NaiveActivation: Sendable { case tanh, sigmoid, relu, identity }
public enum NaiveOutput: Sendable { case linear, softmax, sigmoid }
public enum NaiveReadOut: Sendable { case everyStep, lastStep, meanOverSteps }

/// E_t as a function of y_t and d_t; classes are given as one-hot rows.
public enum NaiveLoss: Sendable {
    /// factor · ‖d − y‖²
    case squared(factor: Double)
    /// −Σ d log y
    case crossEntropy
    /// −Σ d log y + (1 − d) log(1 − y)
    case binaryCrossEntropy
}

/// One direction of one layer. Weights as in the mathematics; a part that does not exist is zeros.
public struct NaiveCell: Sendable {
    public var Wx: [[Double]]
    public var Ws: [[Double]]
    public var bs: [Double]
    public var activation: NaiveActivation
    public var isReverse: Bool

    public init(
        Wx: [[Double]], Ws: [[Double]], bs: [Double], activation: NaiveActivation, isReverse: Bool = false
    ) {
        self.Wx = Wx
        self.Ws = Ws
        self.bs = bs
        self.activation = activation
        self.isReverse = isReverse
    }
}

/// Layers of one or two cells, whose states stand side by side or are added, and a read-out.
public struct NaiveNetwork: Sendable {
    /// Tokens come as one-hot rows that are multiplied with it.
    public var embedding: [[Double]]?
    public var layers: [[NaiveCell]]
    public var addsDirections: Bool
    public var Wy: [[Double]]
    public var by: [Double]
    public var output: NaiveOutput
    public var readOut: NaiveReadOut
    public var elementary: Elementary

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

    /// Φ(z)
    func phi(_ activation: NaiveActivation, _ z: Double) -> Double {
        switch activation {
        case .tanh: return elementary.tanh(z)
        case .sigmoid: return 1 / (1 + elementary.exp(-z))
        case .relu: return z > 0 ? z : 0
        case .identity: return z
        }
    }

    /// Φ'(z), from z itself.
    func phiSlope(_ activation: NaiveActivation, _ z: Double) -> Double {
        let s = phi(activation, z)
        switch activation {
        case .tanh: return 1 - s * s
        case .sigmoid: return s * (1 - s)
        case .relu: return z > 0 ? 1 : 0
        case .identity: return 1
        }
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

    /// E_t
    func value(_ loss: NaiveLoss, _ y: [Double], _ d: [Double]) -> Double {
        var E = 0.0
        for i in 0..<O {
            switch loss {
            case .squared(let factor): E += factor * (d[i] - y[i]) * (d[i] - y[i])
            case .crossEntropy: E -= d[i] == 0 ? 0 : d[i] * elementary.log(y[i])
            case .binaryCrossEntropy:
                E -= d[i] * elementary.log(y[i]) + (1 - d[i]) * elementary.log(1 - y[i])
            }
        }
        return E
    }

    /// ∂E_t/∂y_i
    func slope(_ loss: NaiveLoss, _ y: [Double], _ d: [Double], _ i: Int) -> Double {
        switch loss {
        case .squared(let factor): return -2 * factor * (d[i] - y[i])
        case .crossEntropy: return -d[i] / y[i]
        case .binaryCrossEntropy: return (1 - d[i]) / (1 - y[i]) - d[i] / y[i]
        }
    }

    /// ∂E_t/∂a
    func δa(_ loss: NaiveLoss, _ y: [Double], _ d: [Double], weight: Double) -> [Double] {
        (0..<O).map { j in
            var sum = 0.0
            if weight == 0 { return 0 }
            for i in 0..<O { sum += weight * slope(loss, y, d, i) * sigmaSlope(y, i, j) }
            return sum
        }
    }
}
