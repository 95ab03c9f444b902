import LinearAlgebra

/// Makes batches from a data set by copying rows; uses layout and memory again where they fit.
struct BatchAssembler<S: Scalar> {
    private let data: SequenceDataSet<S>
    private let configuration: ElmanConfiguration
    private let loss: Loss
    private let reduction: Reduction
    private var layout = BatchLayout(steps: 0, lengths: [])
    private var inputs = Matrix<S>(rows: 0, columns: 0)
    private var targets = Matrix<S>(rows: 0, columns: 0)
    private var rowWeights = Matrix<S>(rows: 0, columns: 0)
    private var weighted: LossSteps<S>?
    private var sources: [Int32] = []

    init(
        _ data: SequenceDataSet<S>, for configuration: ElmanConfiguration, _ loss: Loss,
        _ reduction: Reduction
    ) {
        (self.data, self.configuration, self.loss, self.reduction) = (data, configuration, loss, reduction)
    }

    /// Whole sequences of the data set.
    mutating func batch(
        of sequences: [Int], at steps: LossSteps<S> = .every
    ) throws(DataError) -> (SequenceBatch<S>, Objective<S>) {
        try arrange(sequences.map { data.lengths[$0] }, steps)
        return assemble(firstRows: sequences.map { data.firstRows[$0] }, sequences: sequences)
    }

    /// A window of parallel streams, in which losses count from a step on.
    mutating func window(
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
    private mutating func arrange(_ lengths: [Int], _ steps: LossSteps<S>) throws(DataError) {
        if lengths == layout.lengths && !isNew(steps) { return }
        layout = BatchLayout(steps: lengths.max() ?? 0, lengths: lengths)
        rowWeights = try Objective<S>.rowWeights(
            steps, reduction, layout.targetRows(isPooled: configuration.isPooled))
        weighted = steps
    }

    private func isNew(_ steps: LossSteps<S>) -> Bool {
        switch (weighted, steps) {
        case (.every, .every), (.last, .last): false
        case (.weighted(let old), .weighted(let new)): old != new
        default: true
        }
    }

    private mutating func assemble(
        firstRows: [Int], sequences: [Int]
    ) -> (SequenceBatch<S>, Objective<S>) {
        if sources.count != layout.rows { sources = Array(repeating: 0, count: layout.rows) }
        layout.forEachRow { row, step, sequence in
            sources[row] = Int32(truncatingIfNeeded: firstRows[sequence] + step)
        }
        let batch: SequenceBatch<S>
        switch data.rows {
        case .values(let values):
            Self.gather(sources, of: values, into: &inputs)
            batch = SequenceBatch(layout: layout, width: data.width, rows: .values(inputs))
        case .tokens(let tokens):
            batch = SequenceBatch(
                layout: layout, width: data.width,
                rows: .tokens(TokenRows(sources.map { tokens[Int($0)] })))
        }
        var targetRows = sources
        if data.hasTargetPerSequence {
            targetRows = layout.blocks.flatMap(\.sequences).map { Int32(truncatingIfNeeded: sequences[$0]) }
        }
        let packed: Targets<S>
        switch data.targets {
        case .values(let values):
            Self.gather(targetRows, of: values, into: &targets)
            packed = .values(targets)
        case .classes(let classes):
            packed = .classes(targetRows.map { classes[Int($0)] })
        }
        let objective = Objective(loss, packed: packed, rowWeights: rowWeights, layout, for: configuration)
        return (batch, objective)
    }

    private static func gather(_ rows: [Int32], of source: Matrix<S>, into target: inout Matrix<S>) {
        if target.rows != rows.count || target.columns != source.columns {
            target = Matrix(rows: rows.count, columns: source.columns)
        }
        target.withMutableView { target in source.withView { target.gatherRows(rows[...], of: $0) } }
    }
}
