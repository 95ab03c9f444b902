import LinearAlgebra

/// Makes batches from a data set by copying rows; uses layout and memory again where they fit.
final class BatchAssembler<S: Scalar> {
    private let data: SequenceDataSet<S>
    private let configuration: ElmanConfiguration
    private let loss: Loss
    private let reduction: Reduction
    private let unfolding: Unfolding<S>
    private var layout = BatchLayout(steps: 0, lengths: [])
    /// For each row of the layout's order its place in the data set's, for inputs and for targets.
    private var sources: [Int32] = []
    private var targetSources: [Int32] = []
    private var inputs = Matrix<S>(rows: 0, columns: 0)
    private var targets = Matrix<S>(rows: 0, columns: 0)
    private var rowWeights = Matrix<S>(rows: 0, columns: 0)
    private var placement: LossSteps<S>?

    /// - Parameter unfolding: whose workers share the copying.
    init(
        _ data: SequenceDataSet<S>, for configuration: ElmanConfiguration, _ loss: Loss,
        _ reduction: Reduction,
        _ unfolding: Unfolding<S>
    ) {
        (self.data, self.configuration, self.loss, self.reduction) = (data, configuration, loss, reduction)
        self.unfolding = unfolding
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
        case (.weighted(let old), .weighted(let new)): old == new
        default: false
        }
    }

    private func assemble(firstRows: [Int], sequences: [Int]) -> (SequenceBatch<S>, Objective<S>) {
        if sources.count != layout.rows { sources = Array(repeating: 0, count: layout.rows) }
        layout.forEachRow { row, step, sequence in
            sources[row] = Int32(truncatingIfNeeded: firstRows[sequence] + step)
        }
        targetSources = sources
        if data.hasTargetPerSequence {
            targetSources = layout.blocks.flatMap(\.sequences).map {
                Int32(truncatingIfNeeded: sequences[$0])
            }
        }
        let rows: SequenceBatch<S>.Inputs
        switch data.rows {
        case .values(let values):
            gather(sources, of: values, into: &inputs)
            rows = .values(inputs)
        case .tokens(let tokens):
            rows = .tokens(TokenRows(sources.map { tokens[Int($0)] }, vocabulary: data.width))
        }
        let packed: Targets<S>
        switch data.targets {
        case .values(let values):
            gather(targetSources, of: values, into: &targets)
            packed = .values(targets)
        case .classes(let classes):
            packed = .classes(targetSources.map { classes[Int($0)] })
        }
        return (
            SequenceBatch(layout: layout, width: data.width, rows: rows),
            Objective(loss, packed: packed, rowWeights: rowWeights, layout, for: configuration)
        )
    }

    private func gather(_ rows: [Int32], of source: Matrix<S>, into target: inout Matrix<S>) {
        if target.rows != rows.count || target.columns != source.columns {
            target = Matrix(rows: rows.count, columns: source.columns)
        }
        target.withMutableView { target in
            source.withView { source in
                let work = RowGathering(rows, source, target)
                unfolding.share(work, items: rows.count < 512 ? 1 : work.items)
            }
        }
    }
}

/// Copying rows from where they stand in a data set, a stretch of them an item.
private final class RowGathering<S: Scalar>: ParallelWork {
    private let rows: [Int32]
    private let source: MatrixView<S>
    private let target: MutableMatrixView<S>
    private let itemSize = 128

    init(_ rows: [Int32], _ source: MatrixView<S>, _ target: MutableMatrixView<S>) {
        (self.rows, self.source, self.target) = (rows, source, target)
    }

    var items: Int { (rows.count + itemSize - 1) / itemSize }

    package func work(on item: Int) {
        let range = item * itemSize..<min((item + 1) * itemSize, rows.count)
        target.rows(range).gatherRows(rows[range], of: source)
    }
}
