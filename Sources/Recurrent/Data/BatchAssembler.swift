import LinearAlgebra

/// Makes batches from a data set by copying rows; uses layout and memory again where they fit.
final class BatchAssembler<S: Scalar> {
    private let data: SequenceDataSet<S>
    private let configuration: ElmanConfiguration
    private let loss: Loss
    private let reduction: Reduction
    private let unfolding: Unfolding<S>
    private var layout = BatchLayout(steps: 0, lengths: [])
    /// The rows of each sequence's steps in the layout's order, sequence after sequence; where they begin; and
    /// the row of each sequence's target, if it has one.
    private var places: [Int32] = []
    private var firstPlaces: [Int] = []
    private var targetPlaces: [Int32] = []
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
        firstPlaces = []
        var place = 0
        for length in lengths {
            firstPlaces.append(place)
            place += length
        }
        places = Array(repeating: 0, count: layout.rows)
        layout.forEachRow { row, step, sequence in
            places[firstPlaces[sequence] + step] = Int32(truncatingIfNeeded: row)
        }
        targetPlaces = Array(repeating: 0, count: lengths.count)
        for (row, sequence) in layout.blocks.flatMap(\.sequences).enumerated() {
            targetPlaces[sequence] = Int32(truncatingIfNeeded: row)
        }
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
        let rows: SequenceBatch<S>.Inputs
        switch data.rows {
        case .values(let values):
            place(stepsOf: values, firstRows, into: &inputs)
            rows = .values(inputs)
        case .tokens(let tokens):
            rows = .tokens(TokenRows(placed(stepsOf: tokens, firstRows), vocabulary: data.width))
        }
        let packed: Targets<S>
        switch (data.targets, data.hasTargetPerSequence) {
        case (.values(let values), false):
            place(stepsOf: values, firstRows, into: &targets)
            packed = .values(targets)
        case (.classes(let classes), false):
            packed = .classes(placed(stepsOf: classes, firstRows))
        case (.values(let values), true):
            targets = Matrix(rows: sequences.count, columns: values.columns)
            targets.withMutableView { targets in
                values.withView { values in
                    for (index, sequence) in sequences.enumerated() {
                        targets.placeRows(
                            of: values.rows(sequence..<sequence + 1), at: targetPlaces[index...index])
                    }
                }
            }
            packed = .values(targets)
        case (.classes(let classes), true):
            var placed = [Int32](repeating: 0, count: sequences.count)
            for (index, sequence) in sequences.enumerated() {
                placed[Int(targetPlaces[index])] = classes[sequence]
            }
            packed = .classes(placed)
        }
        return (
            SequenceBatch(layout: layout, width: data.width, rows: rows),
            Objective(loss, packed: packed, rowWeights: rowWeights, layout, for: configuration)
        )
    }

    private func placed(stepsOf source: [Int32], _ firstRows: [Int]) -> [Int32] {
        var placed = [Int32](repeating: 0, count: layout.rows)
        for (sequence, length) in layout.lengths.enumerated() {
            let (from, to) = (firstRows[sequence], firstPlaces[sequence])
            for step in 0..<length { placed[Int(places[to + step])] = source[from + step] }
        }
        return placed
    }

    private func place(stepsOf source: Matrix<S>, _ firstRows: [Int], into target: inout Matrix<S>) {
        if target.rows != layout.rows || target.columns != source.columns {
            target = Matrix(rows: layout.rows, columns: source.columns)
        }
        target.withMutableView { target in
            source.withView { source in
                let work = RowPlacing(
                    source, firstRows, target, places, firstPlaces, lengths: layout.lengths)
                // What takes less than the workers take to meet is done here.
                if target.rows * target.columns > 20_000 {
                    unfolding.share(work, items: layout.lengths.count)
                } else {
                    for sequence in layout.lengths.indices { work.work(on: sequence) }
                }
            }
        }
    }
}

/// Copying the steps of sequences from a data set, where they stand together, to their rows of a batch; a sequence an
/// item.
private final class RowPlacing<S: Scalar>: ParallelWork {
    private let source: MatrixView<S>
    private let firstRows: [Int]
    private let target: MutableMatrixView<S>
    private let places: [Int32]
    private let firstPlaces: [Int]
    private let lengths: [Int]

    init(
        _ source: MatrixView<S>, _ firstRows: [Int], _ target: MutableMatrixView<S>, _ places: [Int32],
        _ firstPlaces: [Int], lengths: [Int]
    ) {
        (self.source, self.firstRows, self.target) = (source, firstRows, target)
        (self.places, self.firstPlaces, self.lengths) = (places, firstPlaces, lengths)
    }

    package func work(on item: Int) {
        let (from, to, length) = (firstRows[item], firstPlaces[item], lengths[item])
        target.placeRows(of: source.rows(from..<from + length), at: places[to..<to + length])
    }
}
