import RecurrentLinearAlgebra

/// Makes batches from a data set. A batch names the rows of the data set and copies none; batches of the same lengths
/// share a layout.
final class BatchAssembler<S: Scalar> {
    private let data: SequenceDataSet<S>
    private let configuration: NetworkConfiguration
    private let loss: Loss
    private let reduction: Reduction
    private var layout = BatchLayout(steps: 0, lengths: [])
    private var rowWeights = Matrix<S>(rows: 0, columns: 0)
    private var lossSteps: LossSteps?

    init(
        _ data: SequenceDataSet<S>, for configuration: NetworkConfiguration, _ loss: Loss,
        _ reduction: Reduction
    ) {
        (self.data, self.configuration, self.loss, self.reduction) = (data, configuration, loss, reduction)
    }

    /// A batch of whole sequences of the data set.
    func batch(
        of sequences: [Int], at steps: LossSteps
    ) throws(DataError) -> (SequenceBatch<S>, Objective<S>) {
        try arrange(sequences.map { data.lengths[$0] }, steps)
        return assemble(firstRows: sequences.map { data.firstRows[$0] }, sequences: sequences)
    }

    /// A batch of a window of parallel streams, in which losses count from a step on.
    func window(
        _ window: (steps: Range<Int>, firstLoss: Int), of streams: StreamDataSet<S>
    ) throws(DataError) -> (SequenceBatch<S>, Objective<S>) {
        let (steps, count) = (window.steps, streams.streams)
        let burnIn = window.firstLoss - steps.lowerBound
        try arrange(
            Array(repeating: steps.count, count: count), burnIn == 0 ? .every : .afterBurnIn(burnIn))
        let firstRows = (0..<count).map { $0 * streams.steps + steps.lowerBound }
        return assemble(firstRows: firstRows, sequences: [])
    }

    /// Sets layout and weights for sequences of these lengths.
    private func arrange(_ lengths: [Int], _ steps: LossSteps) throws(DataError) {
        if lengths == layout.lengths && steps == lossSteps { return }
        layout = BatchLayout(steps: lengths.max() ?? 0, lengths: lengths)
        rowWeights = try layout.targetRows(isPooled: configuration.isPooled).weights(steps, nil, reduction)
        lossSteps = steps
    }

    /// - Parameters:
    ///   - firstRows: the row of the data set at which each sequence begins.
    ///   - sequences: the indices of the sequences in the data set; empty for windows, which have a target for every
    ///     step.
    private func assemble(firstRows: [Int], sequences: [Int]) -> (SequenceBatch<S>, Objective<S>) {
        var places = layout.places(firstRows: firstRows)
        let rows: SequenceBatch<S>.Inputs =
            switch data.rows {
            case .values(let values): .rows(places, of: values)
            case .tokens(let tokens):
                .tokens(TokenRows(places.map { tokens[Int($0)] }, vocabulary: data.width))
            }
        if data.hasTargetPerSequence {
            places = layout.blocks.flatMap { $0.sequences.map { Int32(truncatingIfNeeded: sequences[$0]) } }
        }
        return (
            SequenceBatch(layout: layout, width: data.width, rows: rows),
            Objective(
                loss, data.targets, at: places, rowWeights: rowWeights, layout, for: configuration)
        )
    }
}
