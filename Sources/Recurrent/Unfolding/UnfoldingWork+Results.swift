import RecurrentLinearAlgebra

// What the last pass left.
extension UnfoldingWork {
    /// Of every sequence and cell the rows that `rows` gives, side by side: B × H.
    func state(_ rows: (UnfoldedCell<S>) -> MatrixView<S>) -> Matrix<S> {
        let blocks = blocks.prefix(blockCount)
        let sequences = blocks.reduce(0) { $0 + $1.block.sequences.count }
        var state = Matrix<S>(rows: sequences, columns: configuration.stateWidth)
        state.withMutableView { state in
            for block in blocks {
                for layer in block.layers {
                    for cell in layer.cells {
                        let (source, target) = (rows(cell), state.columns(cell.cell.columns))
                        for (index, sequence) in block.block.sequences.enumerated() {
                            target.rows(sequence..<sequence + 1).copy(from: source.rows(index..<index + 1))
                        }
                    }
                }
            }
        }
        return state
    }

    /// The share of the states of the last backward pass that are saturated.
    func countSaturated() -> Double {
        var (saturated, all) = (0, 0)
        for number in 0..<blockCount {
            for layer in blocks[number].layers {
                for cell in layer.cells {
                    (saturated, all) = (saturated + cell.saturatedCount, all + cell.stateCount)
                }
            }
        }
        return all == 0 ? 0 : Double(saturated) / Double(all)
    }
}
