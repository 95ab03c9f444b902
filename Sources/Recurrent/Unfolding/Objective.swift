import LinearAlgebra

/// What a network is asked to do with a batch: which loss, towards which targets, on which steps, and
/// how the losses are reduced to one number.
///
/// Everything is checked here, once; a training step only reads it.
public struct Objective<S: Scalar>: Sendable {
    public let loss: Loss
    public let targets: Targets<S>
    /// T and B of the batch this was made for.
    public let steps: Int
    public let sequences: Int
    let output: OutputFunction
    let outputWidth: Int
    /// One weight for each row of outputs, reduction included; 0 for padding. 1 × T·B.
    let rowWeights: Matrix<S>

    /// - Parameters:
    ///   - loss: E_t.
    ///   - targets: d_t, made by the batch's `targets` methods or time-major already.
    ///   - batch: the sequences the targets belong to.
    ///   - configuration: the network's, for its outputs.
    ///   - steps: which steps carry a loss; every valid one by default.
    ///   - reduction: how the losses become one number; their sum by default.
    /// - Precondition: the loss goes with the output function and with the kind of targets, and
    ///   shapes fit.
    /// - Throws: `DataError` for a class outside 0..<O, a target that is not finite (for binary
    ///   cross entropy: outside 0...1), or when no step carries a loss.
    public init(
        _ loss: Loss, _ targets: Targets<S>, on batch: SequenceBatch<S>,
        for configuration: ElmanConfiguration, at steps: LossSteps<S> = .every,
        reduction: Reduction = .sum
    ) throws(DataError) {
        requireLoss(loss, after: configuration.output)
        self.loss = loss
        self.targets = targets
        self.steps = batch.steps
        self.sequences = batch.sequences
        output = configuration.output
        outputWidth = configuration.outputWidth
        rowWeights = try Self.rowWeights(steps, reduction, batch)
        try checkTargets()
    }

    /// E, from a_t of all steps; leaves ∂E/∂a_t in their place.
    ///
    /// Rows without a loss get a gradient of exactly zero.
    func evaluate(inPlaceOf a: MutableMatrixView<S>) -> Double {
        let factor = S(loss.factor(outputWidth: outputWidth))
        return rowWeights.withView { rowWeights in
            let weights = rowWeights.row(0)
            switch targets {
            case .classes(let classes):
                return a.crossEntropy(classes: classes, weights: weights, factor: factor)
            case .values(let values) where loss == .binaryCrossEntropy:
                return values.withView { d in
                    a.binaryCrossEntropy(from: d, weights: weights, factor: factor)
                }
            case .values(let values):
                output.apply(to: a)
                return values.withView { d in
                    a.squaredError(from: d, weights: weights, factor: factor, through: output.rowOutput)
                }
            }
        }
    }

    private static func rowWeights(
        _ placement: LossSteps<S>, _ reduction: Reduction, _ batch: SequenceBatch<S>
    ) throws(DataError) -> Matrix<S> {
        if case .weighted(let weights) = placement {
            requireStepWeights(weights, steps: batch.steps, sequences: batch.sequences)
        }
        func weight(_ step: Int, _ sequence: Int) -> S {
            let length = batch.lengths[sequence]
            guard step < length else { return 0 }
            return switch placement {
            case .every: 1
            case .last: step == length - 1 ? 1 : 0
            case .weighted(let weights): weights[step, sequence]
            }
        }
        let raw = Matrix<S>(rows: 1, columns: batch.steps * batch.sequences) { _, row in
            weight(row / batch.sequences, row % batch.sequences)
        }
        for (row, weight) in raw.elements.enumerated() where !weight.isFinite {
            throw .weightNotFinite(sequence: row % batch.sequences, step: row / batch.sequences)
        }
        let carrying = raw.elements.count { $0 != 0 }
        if carrying == 0 { throw .noLoss }
        let divisor: S =
            switch reduction {
            case .sum: 1
            case .meanOverSequences: S(batch.sequences)
            case .meanOverSteps: S(carrying)
            }
        return Matrix(rows: 1, columns: raw.columns) { raw[0, $1] / divisor }
    }

    private func checkTargets() throws(DataError) {
        let rows = steps * sequences
        let carriesLoss = rowWeights.elements.map { $0 != 0 }
        switch targets {
        case .classes(let classes):
            requireTargetKind(loss == .crossEntropy, loss)
            requireClassTargets(classes.count, rows: rows)
            for (row, index) in classes.enumerated() where carriesLoss[row] {
                if index < 0 || Int(index) >= outputWidth {
                    throw .classOutOfRange(
                        sequence: row % sequences, step: row / sequences, index: Int(index),
                        classes: outputWidth)
                }
            }
        case .values(let values):
            requireTargetKind(loss != .crossEntropy, loss)
            requireTargets(rows: values.rows, columns: values.columns, are: (rows, outputWidth))
            let elements = values.elements
            for (index, value) in elements.enumerated() where carriesLoss[index / outputWidth] {
                let (sequence, step) = (index / outputWidth % sequences, index / outputWidth / sequences)
                if !value.isFinite {
                    throw .notFinite(sequence: sequence, step: step, feature: index % outputWidth)
                }
                if loss == .binaryCrossEntropy && !(0...1 ~= value) {
                    throw .targetOutOfRange(sequence: sequence, step: step)
                }
            }
        }
    }
}

extension OutputFunction {
    /// The same function as the floor below names it.
    fileprivate var rowOutput: RowOutput {
        switch self {
        case .linear: .linear
        case .softmax: .softmax
        case .sigmoid: .sigmoid
        }
    }
}
