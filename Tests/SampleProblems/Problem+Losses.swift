import NaiveReference
import Recurrent

extension Problem {
    /// Problems with the losses that `tasks` lacks, and with weights of the values of targets.
    package static let losses: [Problem] =
        OutputFunction.allCases.flatMap { output in
            [Loss.absoluteError, .huber(0.3), .quantile([0.1, 0.5])].map {
                Problem(output: output, loss: $0, O: 4)
            }
        } + [
            Problem(loss: .quantile([0.9])), Problem(loss: .poisson), Problem(loss: .gaussian, O: 4),
            Problem(output: .softmax, loss: .softCrossEntropy, O: 3),
            Problem(output: .softmax, loss: .smoothedCrossEntropy(0.2), O: 3),
            Problem(output: .softmax, loss: .softCrossEntropy, readOut: .lastStep, T: 6, ragged: true, O: 3),
            Problem(loss: .huber(), directions: .bidirectional, T: 6, ragged: true, steps: .last),
            Problem(loss: .gaussian, T: 6, ragged: true, steps: .weighted, reduction: .weightedMean, O: 4),
        ] + weighted

    private static let weighted: [Problem] = [
        Problem(loss: .squaredError, O: 3), Problem(output: .softmax, loss: .halfSquaredError, O: 3),
        Problem(output: .sigmoid, loss: .meanSquaredError, O: 3),
        Problem(output: .sigmoid, loss: .binaryCrossEntropy, O: 3),
        Problem(output: .softmax, loss: .absoluteError, O: 3), Problem(loss: .huber(0.3), O: 3),
        Problem(loss: .quantile([0.2, 0.7]), O: 6), Problem(loss: .poisson, O: 3),
        Problem(loss: .gaussian, O: 6),
        Problem(loss: .squaredError, readOut: .meanOverSteps, T: 6, ragged: true, O: 3),
        Problem(
            loss: .squaredError, layers: 2, T: 6, ragged: true, steps: .weighted, reduction: .meanOverSteps,
            O: 3),
    ].map { problem in
        var problem = problem
        problem.weighsValues = true
        return problem
    }
}

extension Loss {
    /// The number of outputs for a value of a target.
    var valueOutputs: Int {
        switch self {
        case .quantile(let levels): levels.count
        case .gaussian: 2
        default: 1
        }
    }

    /// The same loss for the naive reference.
    func naive(outputWidth: Int) -> NaiveLoss {
        switch self {
        case .squaredError: .squared(factor: 1)
        case .halfSquaredError: .squared(factor: 0.5)
        case .meanSquaredError: .squared(factor: 1 / Double(outputWidth))
        case .crossEntropy, .softCrossEntropy, .smoothedCrossEntropy: .crossEntropy
        case .binaryCrossEntropy: .binaryCrossEntropy
        case .absoluteError: .absolute
        case .huber(let threshold): .huber(threshold: threshold)
        case .quantile(let levels): .quantile(levels: levels)
        case .poisson: .poisson
        case .gaussian: .gaussian
        case .ctc, .own: preconditionFailure("the reference of steps does not know \(rawValue)")
        }
    }

    /// d for a class: one-hot, or with label smoothing.
    func row(ofClass index: Int, outputWidth: Int) -> [Double] {
        var smoothing = 0.0
        if case .smoothedCrossEntropy(let share) = self { smoothing = share }
        return (0..<outputWidth).map { ($0 == index ? 1 - smoothing : 0) + smoothing / Double(outputWidth) }
    }

    var takesClassIndices: Bool {
        switch self {
        case .crossEntropy, .smoothedCrossEntropy: true
        default: false
        }
    }
}
