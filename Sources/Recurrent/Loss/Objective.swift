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
    /// Rows of values or class indices; see `places`.
    let targets: Targets<S>
    /// The weight of each value of the targets; nil if all are 1.
    let targetWeights: Matrix<S>?
    /// The index in `targets` of d_t for each row of outputs: of N valid steps in the layout's order, or of B sequences
    /// in the order of its blocks.
    let places: [Int32]
    /// The weight of E_t for each row, reduction included. One row.
    let rowWeights: Matrix<S>
    /// The caller's loss, and where its rows come from; nil for the others.
    private let own: (loss: OwnLoss<S>, origins: RowOrigins)?

    /// An objective of targets that are checked already.
    init(
        _ loss: Loss, _ targets: Targets<S>, targetWeights: Matrix<S>? = nil, at places: [Int32],
        rowWeights: Matrix<S>, _ layout: BatchLayout, for configuration: NetworkConfiguration,
        own: (loss: OwnLoss<S>, origins: RowOrigins)? = nil
    ) {
        self.loss = loss
        self.layout = layout
        (output, outputWidth) = (configuration.output, configuration.outputWidth)
        isPooled = configuration.isPooled
        (self.targets, self.targetWeights) = (targets, targetWeights)
        (self.places, self.rowWeights) = (places, rowWeights)
        self.own = own
    }

    /// - Parameters:
    ///   - loss: E_t.
    ///   - targets: d_t, made by the batch's `targets` methods or time-major already; for a network with one output a
    ///     sequence B rows of values or B classes, made by `targets(perSequence:)`.
    ///   - batch: the sequences that the targets belong to.
    ///   - network: the network whose outputs are judged.
    ///   - steps: the steps that carry a loss; every valid one by default. With one output a sequence, every sequence
    ///     carries one.
    ///   - weights: the factor of E_t for step t of sequence b, T × B, or with one output or labels for a sequence
    ///     1 × B; 1 by default. A step of weight 0 carries no loss.
    ///   - classWeights: a factor of E_t more, for each of the O classes that d_t may be; 1 by default.
    ///   - targetWeights: the factor of each value of the targets, of their shape; 1 by default. A value of weight 0 is
    ///     not read, and may be NaN. Padding is not read.
    ///   - reduction: the way in which the losses become one number; their sum by default.
    /// - Throws: `DataError` if the loss does not go with the output function or with the kind of targets, for targets or
    ///   weights of another shape, for a class outside 0..<O, a target that is not finite or not one of the loss's (for
    ///   binary cross entropy: outside 0...1), a weight that is negative or not finite, or if no step carries a loss.
    public init(
        _ loss: Loss, _ targets: Targets<S>, on batch: SequenceBatch<S>, for network: RecurrentNetwork<S>,
        at steps: LossSteps = .every, weights: Matrix<S>? = nil, classWeights: [S]? = nil,
        targetWeights: Matrix<S>? = nil, reduction: Reduction = .sum
    ) throws(DataError) {
        let configuration = network.configuration
        let rows = batch.layout.targetRows(isPooled: configuration.isPooled)
        try loss.requireBuiltIn(for: configuration)
        try loss.require(targets, rows: rows, at: steps, configuration)
        if let targetWeights { try loss.require(targetWeights, like: targets) }
        self.init(
            loss, targets, targetWeights: targetWeights,
            at: loss.isOfSequences ? rows.sequencePlaces() : rows.places,
            rowWeights: try rows.weights(
                steps, weights, classWeights, targets, targetWeights, reduction,
                classes: configuration.outputWidth),
            batch.layout, for: configuration)
        try checkTargets()
    }

    /// An objective of a loss of the caller's own.
    ///
    /// - Parameters:
    ///   - loss: E_t.
    ///   - targets: d_t, values of any width or classes, which the loss finds in its rows; none by default.
    ///   - batch, network, steps, weights, reduction: as for the other losses.
    /// - Throws: `DataError` unless there are as many targets as steps, or none, for a weight that is negative or not
    ///   finite, or if no step carries a loss.
    public init(
        _ loss: OwnLoss<S>, _ targets: Targets<S>? = nil, on batch: SequenceBatch<S>,
        for network: RecurrentNetwork<S>, at steps: LossSteps = .every, weights: Matrix<S>? = nil,
        reduction: Reduction = .sum
    ) throws(DataError) {
        let configuration = network.configuration
        let rows = batch.layout.targetRows(isPooled: configuration.isPooled)
        let targets = targets ?? .values(Matrix(rows: 0, columns: 0))
        try loss.require(targets, rows: rows.sourceCount)
        self.init(
            .own(loss.name), targets, at: rows.places,
            rowWeights: try rows.weights(
                steps, weights, nil, targets, nil, reduction, classes: configuration.outputWidth),
            batch.layout, for: configuration, own: (loss, RowOrigins(rows)))
    }

    /// E of some rows, from a_t, which ∂E/∂a_t then replaces. The gradient of a row without a loss is exactly zero.
    func evaluate(rows: Range<Int>, inPlaceOf a: MutableMatrixView<S>) -> Double {
        rowWeights.withView { rowWeights in
            let weights = rowWeights.columns(rows).row(0)
            if let own {
                return own.loss.evaluate(
                    inPlaceOf: a, through: output, targets: targets, at: places[rows], weights: weights,
                    of: own.origins[rows])
            }
            switch targets {
            case .classes(let classes):
                return evaluate(a, classes, at: places[rows], weights)
            case .values(let values):
                return values.withView { evaluate(a, $0, at: places[rows], weights) }
            case .labels: unreachable("a loss of whole sequences has no rows")
            }
        }
    }

    private func evaluate(
        _ a: MutableMatrixView<S>, _ classes: [Int32], at places: ArraySlice<Int32>, _ weights: VectorView<S>
    ) -> Double {
        if case .smoothedCrossEntropy(let smoothing) = loss {
            return a.smoothedCrossEntropy(
                classes: classes, at: places, weights: weights, smoothing: S(smoothing))
        }
        return a.crossEntropy(classes: classes, at: places, weights: weights, factor: 1)
    }

    private func evaluate(
        _ a: MutableMatrixView<S>, _ d: MatrixView<S>, at places: ArraySlice<Int32>, _ weights: VectorView<S>
    ) -> Double {
        let factor = S(loss.factor(outputWidth: outputWidth))
        if targetWeights == nil {
            switch loss {
            case .binaryCrossEntropy:
                return a.binaryCrossEntropy(from: d, at: places, weights: weights, factor: factor)
            case .squaredError, .halfSquaredError, .meanSquaredError:
                output.apply(to: a)
                return a.squaredError(
                    from: d, at: places, weights: weights, factor: factor, through: output.rowOutput)
            default: break
            }
        }
        let valueLoss = loss.valueLoss(in: S.self)
        if !loss.isOfActivations { output.apply(to: a) }
        let rowOutput = loss.isOfActivations ? .linear : output.rowOutput
        func evaluate(_ v: MatrixView<S>?) -> Double {
            a.loss(
                valueLoss, from: d, targetWeights: v, at: places, weights: weights, factor: factor,
                through: rowOutput)
        }
        return targetWeights?.withView { evaluate($0) } ?? evaluate(nil)
    }
}

extension Loss {
    /// The same loss of values in the words of the linear algebra, without its factor.
    fileprivate func valueLoss<S: Scalar>(in type: S.Type) -> ValueLoss<S> {
        switch self {
        case .squaredError, .halfSquaredError, .meanSquaredError: .squared
        case .absoluteError: .absolute
        case .huber(let threshold): .huber(S(threshold))
        case .quantile(let levels): .quantile(levels.map { S($0) })
        case .poisson: .poisson
        case .gaussian: .gaussian
        case .binaryCrossEntropy: .binaryCrossEntropy
        case .softCrossEntropy: .softCrossEntropy
        case .crossEntropy, .smoothedCrossEntropy, .ctc, .own:
            unreachable("\(rawValue) is no loss of values")
        }
    }

    /// True if the loss is computed from a_t, not from y_t = σ(a_t).
    fileprivate var isOfActivations: Bool { self == .binaryCrossEntropy || self == .softCrossEntropy }
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
