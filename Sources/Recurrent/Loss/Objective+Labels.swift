import RecurrentLinearAlgebra

// A loss of whole sequences: it compares all outputs of a sequence with its labels, so that the outputs are computed
// first, and ∂E/∂a_t of all of them is then given to the way back.
extension Objective {
    /// E and ∂E/∂a of one sequence, weighted.
    ///
    /// - Parameters:
    ///   - sequence: its index in the batch.
    ///   - row: the first of its rows.
    ///   - blank: the class that stands for no label.
    ///   - a: T·B × O, time-major.
    ///   - gradient: the place for ∂E/∂a, T·B × O; the rows of this sequence are set.
    func evaluate(
        sequence: Int, row: Int, blank: Int, a: MatrixView<S>, gradient: MutableMatrixView<S>
    ) -> Double {
        let weight = rowWeights[0, row]
        guard weight != 0, case .labels(let labels) = targets else { return 0 }
        let sequences = layout.sequences
        let alignments = CTCAlignments(labels[Int(places[row])], blank: blank)
        let loss = alignments.evaluate(
            steps: layout.lengths[sequence], width: outputWidth,
            a: { Double(a[$0 * sequences + sequence, $1]) },
            gradient: { gradient[$0 * sequences + sequence, $1] = weight * S($2) })
        return Double(weight) * loss
    }

    /// The first row of each sequence.
    var firstRows: [Int] {
        var rows = [Int](repeating: 0, count: layout.sequences)
        layout.forEachRow { row, step, sequence in if step == 0 { rows[sequence] = row } }
        return rows
    }
}
