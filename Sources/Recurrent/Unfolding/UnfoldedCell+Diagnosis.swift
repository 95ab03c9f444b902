import RecurrentLinearAlgebra

// What a report says about the states of a backward pass.
extension UnfoldedCell {
    /// The states of this pass that the way back has passed, and those of them that are saturated.
    var stateCount: Int { counted.load(ordering: .relaxed) }
    var saturatedCount: Int { saturated.load(ordering: .relaxed) }

    /// Counts the states of some steps, or their gates, and those of them that are saturated, before the way back
    /// overwrites them.
    func countStates(of steps: Range<Int>) {
        let z = Z.rows(segment.rows(steps)).readOnly
        counted.add(z.rows * cell.gateWidth, ordering: .relaxed)
        saturated.add(cell.equations.saturatedCount(of: z), ordering: .relaxed)
        guard work.pass.recordsStateGradients, let columns = cell.forgetColumns else { return }
        addForgetGates(z.columns(columns))
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    private func addForgetGates(_ f: MatrixView<S>) {
        for row in 0..<f.rows {
            for column in 0..<f.columns { forgetGateSum += Double(f[row, column]) }
        }
    }

    /// Adds ‖∂E/∂s_t‖² of each row of a step to the step at which the cell reads it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func record(_ gradients: MatrixView<S>, step: Int) {
        let block = segment.block
        for row in 0..<gradients.rows {
            var sum = 0.0
            for column in 0..<gradients.columns {
                let value = Double(gradients[row, column])
                sum += value * value
            }
            let length = block.length(of: block.sequences.count - gradients.rows + row)
            stateGradientSquares[cell.isReverse ? length - 1 - step : step] += sum
        }
    }
}

extension LayerCell {
    /// The columns of an LSTM's forget gate in a row of Z.
    var forgetColumns: Range<Int>? {
        shape.inputGates.gates.firstIndex(of: .forget).map { columns(of: $0..<$0 + 1) }
    }
}
