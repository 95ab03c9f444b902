import RecurrentLinearAlgebra

/// The rows that outputs and targets of a batch have: its valid steps, or its sequences where there is one output for
/// each, in the order of the layout's blocks.
struct TargetRows {
    let layout: BatchLayout
    let isPooled: Bool

    var count: Int { isPooled ? layout.sequences : layout.rows }

    /// How many rows there are in the order of the batch, padding among them.
    var sourceCount: Int { isPooled ? layout.sequences : layout.steps * layout.sequences }

    /// Calls `body` with each row, its place in the order of the batch, and its step and sequence. A sequence's
    /// output belongs to its last step.
    func forEach<E: Error>(
        _ body: (_ row: Int, _ source: Int, _ step: Int, _ sequence: Int) throws(E) -> Void
    ) throws(E) {
        if isPooled {
            for block in layout.blocks {
                for (index, sequence) in block.sequences.enumerated() {
                    try body(block.firstPlace + index, sequence, layout.lengths[sequence] - 1, sequence)
                }
            }
            return
        }
        try layout.forEachRow { (row, step, sequence) throws(E) in
            try body(row, step * layout.sequences + sequence, step, sequence)
        }
    }

    /// For each row its place in the order of the batch.
    var places: [Int32] {
        var places = [Int32](repeating: 0, count: count)
        forEach { row, place, _, _ in places[row] = Int32(clamping: place) }
        return places
    }
}

extension BatchLayout {
    func targetRows(isPooled: Bool) -> TargetRows { TargetRows(layout: self, isPooled: isPooled) }
}
