import RecurrentLinearAlgebra

/// Makes batches from a data set: says which of its rows they are, and copies none. Uses a layout again where it fits.
final class BatchAssembler<S: Scalar> {
    private let data: SequenceDataSet<S>
    private let configuration: NetworkConfiguration
    private let loss: Loss
    private let reduction: Reduction
    private var layout = BatchLayout(steps: 0, lengths: [])
    private var rowWeights = Matrix<S>(rows: 0, columns: 0)
    private var placement: LossSteps<S>?

    init(
        _ data: SequenceDataSet<S>, for configuration: NetworkConfiguration, _ loss: Loss,
        _ reduction: Reduction
    ) {
        (self.data, self.configuration, self.loss, self.reduction) = (data, configuration, loss, reduction)
    }

    /// Whole sequences of the data set.
    func batch(
        of sequences: [Int], at steps: LossSteps<S> = .every
    ) throws(DataError) -> (SequenceBatch<S>, Objective<S>) {
        try arrange(sequences.map { data.lengths[$0] }, steps)
        return assemble(firstRows: sequences.map { data.firstRows[$0] }, sequences: sequences)
    }

    /// A window of parallel streams, in which losses count from a step on.
    func window(
        _ window: (steps: Range<Int>, firstLoss: Int), of streams: StreamDataSet<S>
    ) throws(DataError) -> (SequenceBatch<S>, Objective<S>) {
        let (steps, count) = (window.steps, streams.streams)
        let silent = window.firstLoss - steps.lowerBound
        let weights = Matrix<S>(rows: steps.count, columns: count) { step, _ in step < silent ? 0 : 1 }
        try arrange(
            Array(repeating: steps.count, count: count), silent == 0 ? .every : .weighted(weights))
        let firstRows = (0..<count).map { $0 * streams.steps + steps.lowerBound }
        return assemble(firstRows: firstRows, sequences: [])
    }

    /// Layout and weights for sequences of these lengths.
    private func arrange(_ lengths: [Int], _ steps: LossSteps<S>) throws(DataError) {
        if lengths == layout.lengths && isSame(steps) { return }
        layout = BatchLayout(steps: lengths.max() ?? 0, lengths: lengths)
        rowWeights = try Objective<S>.rowWeights(
            steps, reduction, layout.targetRows(isPooled: configuration.isPooled))
        placement = steps
    }

    private func isSame(_ steps: LossSteps<S>) -> Bool {
        switch (placement, steps) {
        case (.every, .every), (.last, .last): true
        case (.after(let old), .after(let new)): old == new
        case (.weighted(let old), .weighted(let new)): old == new
        default: false
        }
    }

    /// - Parameters:
    ///   - firstRows: where each sequence's steps begin in the data set.
    ///   - sequences: which sequences of the data set they are; empty for windows, whose steps have targets of their own.
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
