/// E_t, the cost of an output y at one step of one sequence, given the target d.
///
/// A loss of values may weigh each value; see `LossWeights`. The entropies are computed from a_t, never from a rounded
/// probability. As text, in settings and checkpoints, a loss is its name, with its numbers in brackets: `huber(1.0)`.
public enum Loss: RawRepresentable, Equatable, Sendable, Codable {
    /// ‖d − y‖²
    case squaredError
    /// ½‖d − y‖²
    case halfSquaredError
    /// ‖d − y‖² / O
    case meanSquaredError
    /// −log y[d] with softmax outputs; d is a class index.
    case crossEntropy
    /// −Σ d log y + (1 − d) log(1 − y) with sigmoid outputs and d in 0...1.
    case binaryCrossEntropy
    /// Σ |d − y|, whose derivative at 0 is taken to be 0.
    case absoluteError
    /// Σ ½ e² where |e| = |d − y| is at most the threshold δ, δ (|e| − ½ δ) where it is more (Huber, "Robust estimation of
    /// a location parameter", 1964).
    case huber(Double = 1)
    /// The pinball loss Σ max(τ (d − y), (τ − 1) (d − y)) of one or more levels τ at once, whose minimum is the τ-quantile
    /// of d (Koenker and Bassett, "Regression quantiles", 1978). O is the number of values of d times that of levels; the
    /// outputs for a value stand side by side, in the order of the levels.
    case quantile([Double])
    /// Σ e^y − d y with linear outputs: the negative log likelihood of counts d ≥ 0 whose rate is e^y, without log d!.
    case poisson
    /// Σ ½ (s + (d − μ)² e^−s) with linear outputs: the negative log likelihood of values with mean μ and variance e^s,
    /// without ½ log 2π. O is twice the width of d; all μ stand before all s.
    case gaussian
    /// −Σ d log y with softmax outputs, d being a probability for each class.
    case softCrossEntropy
    /// Cross entropy with label smoothing ε: the class d has the probability 1 − ε + ε / O, every other ε / O (Szegedy,
    /// Vanhoucke, Ioffe, Shlens and Wojna, "Rethinking the Inception architecture for computer vision", 2016).
    case smoothedCrossEntropy(Double)
    /// Connectionist temporal classification: −log of the probability of a sequence's labels, which come in order but at
    /// unknown steps, with softmax outputs, one of which is the blank. A loss of whole sequences; <doc:Losses> tells more.
    case ctc(blank: Int = 0)
    /// A loss of the caller's, by its name; see `OwnLoss`.
    case own(String)

    /// The name, with the numbers in brackets.
    public var rawValue: String {
        switch self {
        case .squaredError: "squaredError"
        case .halfSquaredError: "halfSquaredError"
        case .meanSquaredError: "meanSquaredError"
        case .crossEntropy: "crossEntropy"
        case .binaryCrossEntropy: "binaryCrossEntropy"
        case .absoluteError: "absoluteError"
        case .huber(let threshold): "huber(\(threshold))"
        case .quantile(let levels): "quantile(\(levels.map { "\($0)" }.joined(separator: ", ")))"
        case .poisson: "poisson"
        case .gaussian: "gaussian"
        case .softCrossEntropy: "softCrossEntropy"
        case .smoothedCrossEntropy(let smoothing): "smoothedCrossEntropy(\(smoothing))"
        case .ctc(let blank): "ctc(\(blank))"
        case .own(let name): "own(\(name))"
        }
    }

    /// The loss of a text as `rawValue` gives it, or nil.
    public init?(rawValue: String) {
        let parts = rawValue.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            guard let loss = Self.withoutNumbers.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = loss
            return
        }
        guard parts[1].hasSuffix(")") else { return nil }
        let inside = parts[1].dropLast()
        if parts[0] == "own" {
            self = .own(String(inside))
            return
        }
        let texts = inside.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = texts.compactMap { Double($0.drop { $0 == " " }) }
        guard numbers.count == texts.count else { return nil }
        switch (parts[0], numbers.count) {
        case ("huber", 1): self = .huber(numbers[0])
        case ("smoothedCrossEntropy", 1): self = .smoothedCrossEntropy(numbers[0])
        case ("quantile", _): self = .quantile(numbers)
        case ("ctc", 1) where Int(inside) != nil: self = .ctc(blank: Int(numbers[0]))
        default: return nil
        }
    }

    /// The losses that have no numbers.
    public static let withoutNumbers: [Loss] = [
        .squaredError, .halfSquaredError, .meanSquaredError, .crossEntropy, .binaryCrossEntropy,
        .absoluteError,
        .poisson, .gaussian, .softCrossEntropy,
    ]
}
