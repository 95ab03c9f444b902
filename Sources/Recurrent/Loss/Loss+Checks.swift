import RecurrentLinearAlgebra

// What a loss goes with.
extension Loss {
    /// True if the loss goes with this output function.
    public func accepts(_ output: OutputFunction) -> Bool {
        switch self {
        case .squaredError, .halfSquaredError, .meanSquaredError, .absoluteError, .huber, .quantile, .own:
            true
        case .crossEntropy, .softCrossEntropy, .smoothedCrossEntropy, .ctc: output == .softmax
        case .binaryCrossEntropy: output == .sigmoid
        case .poisson, .gaussian: output == .linear
        }
    }

    /// The factor of ‖d − y‖²; 1 for the others.
    func factor(outputWidth: Int) -> Double {
        switch self {
        case .halfSquaredError: 0.5
        case .meanSquaredError: 1 / Double(outputWidth)
        default: 1
        }
    }

    /// The blank, if targets are the labels of whole sequences.
    var blank: Int? { if case .ctc(let blank) = self { blank } else { nil } }

    /// True if the loss compares all outputs of a sequence with its labels, false if it is a sum over steps.
    var isOfSequences: Bool { blank != nil }

    /// True if a target is the index of a class.
    var takesClasses: Bool {
        switch self {
        case .crossEntropy, .smoothedCrossEntropy: true
        default: false
        }
    }

    /// The kind of its targets, in words.
    var targetWords: String {
        takesClasses ? "class indices" : isOfSequences ? "labels of sequences" : "values"
    }

    /// True if a target is a row of values, each of which may have a weight.
    var weighsValues: Bool {
        switch self {
        case .crossEntropy, .smoothedCrossEntropy, .softCrossEntropy, .ctc, .own: false
        default: true
        }
    }

    /// True if not every value can be a target's.
    var limitsTargets: Bool { [.binaryCrossEntropy, .poisson, .softCrossEntropy].contains(self) }

    /// The problem of a training with this loss and an own loss of this name, or nil.
    func problem(ofOwn name: String?) -> String? {
        switch (self, name) {
        case (.own(let expected), nil): "the loss \(expected) is the caller's own; give it to the trainer"
        case (.own(let expected), let name?) where name != expected:
            "the settings name the loss \(expected), the trainer was given \(name)"
        case (.own, _), (_, nil): nil
        case (_, let name?): "the loss \(name) is not that of the settings, \(rawValue); name it there"
        }
    }

    /// The number of outputs for a value of a target.
    var outputsPerValue: Int {
        switch self {
        case .quantile(let levels): max(1, levels.count)
        case .gaussian: 2
        default: 1
        }
    }

    /// The first problem of the loss's numbers, or of its use with O outputs, in words for people, or nil.
    func problem(output: OutputFunction, outputWidth: Int) -> String? {
        switch self {
        case .huber(let threshold) where !(threshold > 0 && threshold.isFinite):
            return "a Huber threshold of \(number: threshold) is not above 0 and finite"
        case .quantile(let levels) where levels.isEmpty || !levels.allSatisfy({ $0 > 0 && $0 < 1 }):
            return "the quantile levels \(levels) are not one or more numbers between 0 and 1"
        case .smoothedCrossEntropy(let smoothing) where !(0..<1 ~= smoothing):
            return "a label smoothing of \(number: smoothing) is not in 0..<1"
        case .ctc(let blank) where !(0..<outputWidth ~= blank):
            return "the blank \(blank) is not in 0..<\(outputWidth), the classes"
        default: break
        }
        if !accepts(output) { return "the loss \(rawValue) does not go with \(output.rawValue) outputs" }
        if outputWidth % outputsPerValue == 0 { return nil }
        return
            "the loss \(rawValue) needs \(outputsPerValue) outputs for each value of a target; \(outputWidth) outputs are no multiple of that"
    }

    /// The problem of a target at one step, or nil; `values` are those whose weight is not 0.
    func problem<S: BinaryFloatingPoint>(ofTarget values: some Sequence<S>) -> TargetProblem? {
        switch self {
        case .binaryCrossEntropy:
            return values.allSatisfy { 0...1 ~= $0 } ? nil : .outsideUnitInterval
        case .poisson:
            return values.allSatisfy { $0 >= 0 } ? nil : .negativeCount
        case .softCrossEntropy:
            let sum = values.reduce(0.0) { $0 + Double($1) }
            let isDistribution = abs(sum - 1) <= Self.largestExcess && values.allSatisfy { $0 >= 0 }
            return isDistribution ? nil : .noDistribution
        default: return nil
        }
    }

    /// The most by which the sum of a distribution may differ from 1: rounding of many classes in Float stays below.
    private static var largestExcess: Double { 1e-3 }
}
