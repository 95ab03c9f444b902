import RecurrentLinearAlgebra

/// The rows of a batch's outputs and targets: its valid steps, or its sequences where there is one output for each, in
/// the order of the layout's blocks.
struct TargetRows {
    let layout: BatchLayout
    let isPooled: Bool

    var count: Int { isPooled ? layout.sequences : layout.rows }

    /// The number of rows in the order of the batch, including padding.
    var sourceCount: Int { isPooled ? layout.sequences : layout.steps * layout.sequences }

    /// Calls `body` with each row, its index in the order of the batch, and its step and sequence. The one output of a
    /// sequence belongs to its last step.
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

    /// For each row the index of its sequence in the batch, or what the sequence is called elsewhere.
    func sequencePlaces(_ names: [Int]? = nil) -> [Int32] {
        var places = [Int32](repeating: 0, count: count)
        forEach { row, _, _, sequence in places[row] = Int32(clamping: names?[sequence] ?? sequence) }
        return places
    }

    /// The index of each row in the order of the batch.
    var places: [Int32] {
        var places = [Int32](repeating: 0, count: count)
        forEach { row, place, _, _ in places[row] = Int32(clamping: place) }
        return places
    }
}

extension BatchLayout {
    func targetRows(isPooled: Bool) -> TargetRows { TargetRows(layout: self, isPooled: isPooled) }
}

extension TargetRows {
    /// The weight of E_t for each row, reduction included. One row; all zero if no step carries a loss.
    ///
    /// - Parameter factor: w_t of a row.
    /// - Throws: `DataError` if a weight is negative or not finite.
    func weights<S: Scalar>(
        _ steps: LossSteps, _ reduction: Reduction,
        factor: (_ row: Int, _ step: Int, _ sequence: Int) -> S = { _, _, _ in 1 }
    ) throws(DataError) -> Matrix<S> {
        var weights = Matrix<S>(rows: 1, columns: count)
        var (carrying, sum) = (0, 0.0)
        try forEach { (row, _, step, sequence) throws(DataError) in
            let carries = isPooled || steps.contains(step, of: layout.lengths[sequence])
            let weight: S = carries ? factor(row, step, sequence) : 0
            try weight.requireWeight(sequence: sequence, step: step)
            if weight != 0 { (carrying, sum) = (carrying + 1, sum + Double(weight)) }
            weights[0, row] = weight
        }
        if carrying == 0 { return weights }
        let divisor: S =
            switch reduction {
            case .sum: 1
            case .meanOverSequences: S(layout.sequences)
            case .meanOverSteps: S(carrying)
            case .weightedMean: S(sum)
            }
        return Matrix(rows: 1, columns: count) { weights[0, $1] / divisor }
    }
}
