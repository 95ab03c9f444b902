import RecurrentLinearAlgebra

/// Makes batches from a data set. A batch names the rows of the data set and copies none; batches of the same lengths
/// share a layout and, where the data set has no weights, the weights of the loss steps.
final class BatchAssembler<S: Scalar> {
    private let data: SequenceDataSet<S>
    private let configuration: NetworkConfiguration
    private let loss: Loss
    private let ownLoss: OwnLoss<S>?
    private let reduction: Reduction
    private var layout = BatchLayout(steps: 0, lengths: [])
    private var rowWeights = Matrix<S>(rows: 0, columns: 0)
    private var lossSteps: LossSteps?

    init(
        _ data: SequenceDataSet<S>, for configuration: NetworkConfiguration, _ loss: Loss,
        own: OwnLoss<S>?, _ reduction: Reduction
    ) {
        (self.data, self.configuration, self.loss, self.reduction) = (data, configuration, loss, reduction)
        ownLoss = own
    }

    /// A batch of whole sequences of the data set.
    func batch(
        of sequences: [Int], at steps: LossSteps
    ) throws(DataError) -> (SequenceBatch<S>, Objective<S>) {
        try arrange(sequences.map { data.lengths[$0] }, steps)
        return try assemble(
            firstRows: sequences.map { data.firstRows[$0] }, sequences: sequences, at: steps)
    }

    /// A batch of a window of parallel streams, in which losses count from a step on.
    func window(
        _ window: (steps: Range<Int>, firstLoss: Int), of streams: StreamDataSet<S>
    ) throws(DataError) -> (SequenceBatch<S>, Objective<S>) {
        let (steps, count) = (window.steps, streams.streams)
        let burnIn = window.firstLoss - steps.lowerBound
        let lossSteps: LossSteps = burnIn == 0 ? .every : .afterBurnIn(burnIn)
        try arrange(Array(repeating: steps.count, count: count), lossSteps)
        return try assemble(
            firstRows: (0..<count).map { $0 * streams.steps + steps.lowerBound },
            sequences: Array(0..<count), firstStep: steps.lowerBound, at: lossSteps)
    }

    /// Sets the layout, and the weights if the data set has none, for sequences of these lengths.
    private func arrange(_ lengths: [Int], _ steps: LossSteps) throws(DataError) {
        if lengths == layout.lengths && steps == lossSteps { return }
        layout = BatchLayout(steps: lengths.max() ?? 0, lengths: lengths)
        rowWeights = try targetRows.weights(steps, reduction)
        lossSteps = steps
    }

    private var targetRows: TargetRows { layout.targetRows(isPooled: configuration.isPooled) }

    /// - Parameters:
    ///   - firstRows: the row of the data set at which each sequence begins.
    ///   - sequences: the indices of the sequences in the data set, or the numbers of the streams.
    ///   - firstStep: the step of the streams at which the batch begins.
    private func assemble(
        firstRows: [Int], sequences: [Int], firstStep: Int = 0, at steps: LossSteps
    ) throws(DataError) -> (SequenceBatch<S>, Objective<S>) {
        var places = layout.places(firstRows: firstRows)
        let rows = data.batchRows(places)
        if data.hasTargetPerSequence {
            places = layout.blocks.flatMap { $0.sequences.map { Int32(truncatingIfNeeded: sequences[$0]) } }
        }
        var rowWeights = rowWeights
        if let weights = data.weights.rows {
            rowWeights = try targetRows.weights(steps, reduction) { row, _, _ in weights[Int(places[row])] }
        }
        if case .labels = data.targets { places = targetRows.sequencePlaces(sequences) }
        let own = ownLoss.map {
            (loss: $0, origins: RowOrigins(targetRows, names: sequences, firstStep: firstStep))
        }
        return (
            SequenceBatch(layout: layout, width: data.width, rows: rows),
            Objective(
                loss, data.targets, targetWeights: data.weights.values, at: places, rowWeights: rowWeights,
                layout, for: configuration, own: own)
        )
    }
}
