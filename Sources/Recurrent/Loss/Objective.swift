import RecurrentLinearAlgebra

/// What a network is asked to do with a batch: which loss, towards which targets, on which steps, and
/// how the losses are reduced to one number.
///
/// Everything is checked here, once; a training step only reads it.
public struct Objective<S: Scalar>: Sendable {
    public let loss: Loss
    /// How the batch stands that this was made for.
    let layout: BatchLayout
    let output: OutputFunction
    let outputWidth: Int
    /// Whether there is one output for a whole sequence.
    let isPooled: Bool
    /// Rows of O values or as many classes, in an order of their own.
    let targets: Targets<S>
    /// Which of them is d_t for each row of outputs: of N valid steps in the layout's order, or of B sequences in the
    /// order of its blocks.
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
    ///   - batch: the sequences the targets belong to.
    ///   - configuration: the network's, for its outputs.
    ///   - steps: which steps carry a loss; every valid one by default. With one output a sequence each sequence
    ///     carries one; weights are then 1 × B.
    ///   - reduction: how the losses become one number; their sum by default.
    /// - Precondition: the loss goes with the output function and with the kind of targets, and
    ///   shapes fit.
    /// - Throws: `DataError` for a class outside 0..<O, a target that is not finite (for binary
    ///   cross entropy: outside 0...1), or when no step carries a loss.
    public init(
        _ loss: Loss, _ targets: Targets<S>, on batch: SequenceBatch<S>,
        for configuration: NetworkConfiguration, at steps: LossSteps<S> = .every,
        reduction: Reduction = .sum
    ) throws(DataError) {
        requireLoss(loss, after: configuration.output)
        self.loss = loss
        layout = batch.layout
        output = configuration.output
        outputWidth = configuration.outputWidth
        isPooled = configuration.isPooled
        let rows = layout.targetRows(isPooled: isPooled)
        rowWeights = try Self.rowWeights(steps, reduction, rows)
        switch targets {
        case .classes(let classes):
            requireTargetKind(loss == .crossEntropy, loss)
            requireClassTargets(classes.count, rows: rows.sourceCount)
        case .values(let values):
            requireTargetKind(loss != .crossEntropy, loss)
            requireTargets(
                rows: values.rows, columns: values.columns, are: (rows.sourceCount, outputWidth))
        }
        self.targets = targets
        places = rows.places
        try checkTargets()
    }

    /// E of a stretch of rows, from a_t; leaves ∂E/∂a_t in their place.
    ///
    /// Rows without a loss get a gradient of exactly zero.
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

    static func rowWeights(
        _ placement: LossSteps<S>, _ reduction: Reduction, _ rows: TargetRows
    ) throws(DataError) -> Matrix<S> {
        let layout = rows.layout
        if case .weighted(let weights) = placement {
            requireStepWeights(
                weights, steps: rows.isPooled ? 1 : layout.steps, sequences: layout.sequences)
        }
        var weights = Matrix<S>(rows: 1, columns: rows.count)
        var carrying = 0
        try rows.forEach { (row, _, step, sequence) throws(DataError) in
            let weight: S =
                switch placement {
                case .every: 1
                case .last: step == layout.lengths[sequence] - 1 ? 1 : 0
                case .after(let silent): rows.isPooled || step >= silent ? 1 : 0
                case .weighted(let weights): weights[rows.isPooled ? 0 : step, sequence]
                }
            guard weight.isFinite else { throw .weightNotFinite(sequence: sequence, step: step) }
            if weight != 0 { carrying += 1 }
            weights[0, row] = weight
        }
        if carrying == 0 { throw .noLoss }
        let divisor: S =
            switch reduction {
            case .sum: 1
            case .meanOverSequences: S(layout.sequences)
            case .meanOverSteps: S(carrying)
            }
        return Matrix(rows: 1, columns: rows.count) { weights[0, $1] / divisor }
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
    /// The same function as the floor below names it.
    fileprivate var rowOutput: RowOutput {
        switch self {
        case .linear: .linear
        case .softmax: .softmax
        case .sigmoid: .sigmoid
        }
    }
}
