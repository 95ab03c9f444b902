import RecurrentLinearAlgebra

/// The function of a network's outputs that training minimises: the loss of each step against its target, the steps that
/// count, and the way in which their losses become one number E.
///
/// Everything is checked here, once; a training step only reads it.
public struct Objective<S: Scalar>: Sendable {
    public let loss: Loss
    /// The layout of the batch that the objective was made for.
    let layout: BatchLayout
    let output: OutputFunction
    let outputWidth: Int
    /// True if there is one output for a whole sequence.
    let isPooled: Bool
    /// Rows of O values or class indices; see `places`.
    let targets: Targets<S>
    /// The index in `targets` of d_t for each row of outputs: of N valid steps in the layout's order, or of B sequences
    /// in the order of its blocks.
    let places: [Int32]
    /// The weight of E_t for each row, reduction included. One row.
    let rowWeights: Matrix<S>

    /// An objective of targets that are checked already.
    init(
        _ loss: Loss, _ targets: Targets<S>, at places: [Int32], rowWeights: Matrix<S>, _ layout: BatchLayout,
        for configuration: NetworkConfiguration
    ) {
        self.loss = loss
        self.layout = layout
        (output, outputWidth) = (configuration.output, configuration.outputWidth)
        isPooled = configuration.isPooled
        (self.targets, self.places, self.rowWeights) = (targets, places, rowWeights)
    }

    /// - Parameters:
    ///   - loss: E_t.
    ///   - targets: d_t, made by the batch's `targets` methods or time-major already; for a network with one output a
    ///     sequence B × O values or B classes, made by `targets(perSequence:)`.
    ///   - batch: the sequences that the targets belong to.
    ///   - network: the network whose outputs are judged.
    ///   - steps: the steps that carry a loss; every valid one by default. With one output a sequence, every sequence
    ///     carries one.
    ///   - weights: the factor of E_t for step t of sequence b, T × B, or with one output a sequence 1 × B; 1 by
    ///     default. A step of weight 0 carries no loss.
    ///   - reduction: the way in which the losses become one number; their sum by default.
    /// - Precondition: the loss goes with the output function and with the kind of targets, and shapes fit.
    /// - Throws: `DataError` for a class outside 0..<O, a target that is not finite (for binary cross entropy: outside
    ///   0...1), a weight that is not finite, or if no step carries a loss.
    public init(
        _ loss: Loss, _ targets: Targets<S>, on batch: SequenceBatch<S>, for network: RecurrentNetwork<S>,
        at steps: LossSteps = .every, weights: Matrix<S>? = nil, reduction: Reduction = .sum
    ) throws(DataError) {
        let configuration = network.configuration
        let rows = batch.layout.targetRows(isPooled: configuration.isPooled)
        requireLoss(loss, after: configuration.output)
        switch targets {
        case .classes(let classes):
            requireTargetKind(loss == .crossEntropy, loss)
            requireClassTargets(classes.count, rows: rows.sourceCount)
        case .values(let values):
            requireTargetKind(loss != .crossEntropy, loss)
            requireTargets(
                rows: values.rows, columns: values.columns, are: (rows.sourceCount, configuration.outputWidth)
            )
        }
        self.init(
            loss, targets, at: rows.places, rowWeights: try rows.weights(steps, weights, reduction),
            batch.layout, for: configuration)
        try checkTargets()
    }

    /// E of some rows, from a_t, which ∂E/∂a_t then replaces. The gradient of a row without a loss is exactly zero.
    func evaluate(rows: Range<Int>, inPlaceOf a: MutableMatrixView<S>) -> Double {
        let factor = S(loss.factor(outputWidth: outputWidth))
        return rowWeights.withView { rowWeights in
            let weights = rowWeights.columns(rows).row(0)
            switch targets {
            case .classes(let classes):
                return a.crossEntropy(classes: classes, at: places[rows], weights: weights, factor: factor)
            case .values(let values) where loss == .binaryCrossEntropy:
                return values.withView { d in
                    a.binaryCrossEntropy(from: d, at: places[rows], weights: weights, factor: factor)
                }
            case .values(let values):
                output.apply(to: a)
                return values.withView { d in
                    a.squaredError(
                        from: d, at: places[rows], weights: weights, factor: factor,
                        through: output.rowOutput)
                }
            }
        }
    }

    private func checkTargets() throws(DataError) {
        try layout.targetRows(isPooled: isPooled).forEach { (row, _, step, sequence) throws(DataError) in
            guard rowWeights[0, row] != 0 else { return }
            switch targets {
            case .classes(let classes):
                let index = Int(classes[Int(places[row])])
                guard (0..<outputWidth).contains(index) else {
                    throw .classOutOfRange(
                        sequence: sequence, step: step, index: index, classes: outputWidth)
                }
            case .values(let values):
                for feature in 0..<outputWidth {
                    let value = values[Int(places[row]), feature]
                    guard value.isFinite else {
                        throw .notFinite(sequence: sequence, step: step, feature: feature)
                    }
                    if loss == .binaryCrossEntropy && !(0...1 ~= value) {
                        throw .targetOutOfRange(sequence: sequence, step: step)
                    }
                }
            }
        }
    }
}

extension OutputFunction {
    /// The same function in the words of the linear algebra.
    fileprivate var rowOutput: RowOutput {
        switch self {
        case .linear: .linear
        case .softmax: .softmax
        case .sigmoid: .sigmoid
        }
    }
}
