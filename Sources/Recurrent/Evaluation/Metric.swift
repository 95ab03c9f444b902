import Foundation
import RecurrentLinearAlgebra

/// A number that tells how good a network's outputs are for a data set. Steps that weigh nothing, and values that weigh
/// nothing, are left out; other weights do not count.
public enum Metric: Hashable, Sendable, Codable {
    /// The share of steps whose class has the largest output.
    case accuracy
    /// The share of steps whose class is among the k largest outputs.
    case topAccuracy(Int)
    /// The mean over the classes that occur, as target or as output, of F1 = 2 TP / (2 TP + FP + FN).
    case macroF1
    /// exp of the mean of −log y[d].
    case perplexity
    /// √ of the mean of (d − y)² over all values.
    case rmse
    /// The mean of |d − y| over all values.
    case mae
    /// The mean of |d − y|, divided by a scale: the mean absolute error of a naive forecast on the training data (Hyndman
    /// and Koehler, "Another look at measures of forecast accuracy", 2006); see `naiveScale(of:period:)`.
    case mase(scale: Double)
    /// The mean of the pinball loss over all values and levels, of a network with an output for each level of each value;
    /// see `Loss.quantile`.
    case quantileLoss([Double])

    /// The mean of |d_t − d_{t−period}| in a series: a period of 1 is persistence, 12 last year's month.
    ///
    /// - Precondition: the series is longer than the period, which is at least 1.
    public static func naiveScale(of series: [Double], period: Int = 1) -> Double {
        require(
            period >= 1 && series.count > period,
            "a series of \(series.count) values has no changes over a period of \(period)")
        let changes = zip(series.dropFirst(period), series).map { abs($0 - $1) }
        return changes.reduce(0, +) / Double(changes.count)
    }

    /// True if more is better.
    public var isBetterHigher: Bool {
        switch self {
        case .accuracy, .topAccuracy, .macroF1: true
        case .perplexity, .rmse, .mae, .mase, .quantileLoss: false
        }
    }

    /// True if targets must be classes.
    var judgesClasses: Bool {
        switch self {
        case .accuracy, .topAccuracy, .macroF1, .perplexity: true
        case .rmse, .mae, .mase, .quantileLoss: false
        }
    }

    /// The first problem of the metric for outputs of this kind, in words for people, or nil.
    func problem(_ configuration: NetworkConfiguration, targets: Int?) -> String? {
        let width = configuration.outputWidth
        switch self {
        case .topAccuracy(let count) where !(1...width ~= count):
            return "the largest \(count) of \(width) outputs cannot be asked for"
        case .mase(let scale) where !(scale > 0 && scale.isFinite):
            return "a scale of \(number: scale) is not above 0 and finite"
        case .quantileLoss(let levels):
            if let problem = Loss.quantile(levels).problem(output: configuration.output, outputWidth: width) {
                return problem
            }
        case .perplexity where configuration.output != .softmax:
            return "perplexity is of softmax outputs"
        default: break
        }
        guard let targets else {
            return judgesClasses ? nil : "\(self) judges values, but targets are classes"
        }
        if judgesClasses { return "\(self) judges classes, but targets are values" }
        var expected = width
        if case .quantileLoss(let levels) = self { expected = width / levels.count }
        return targets == expected
            ? nil : "targets have \(targets) values where \(self) compares \(expected) with the outputs"
    }
}
