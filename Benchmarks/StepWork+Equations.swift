import RecurrentLinearAlgebra
import Recurrent

// The elementwise equations of a cell, forwards and back.
extension StepWork {
    /// Their time for the rows of all steps.
    func equations() -> Double {
        let (H, width) = (shape.H, shape.cell == .elman ? shape.H : 4 * shape.H)
        // The gates, and below them some matrices of H columns.
        var memory = matrix(6 * blockRows, width)
        let bias = matrix(1, width)
        return memory.withMutableView { memory in
            bias.withView { bias in
                func rows(_ number: Int) -> MutableMatrixView<S> {
                    memory.rows(number * blockRows..<(number + 1) * blockRows)
                }
                let operands = Operands(
                    gates: rows(0), bias: bias, s: rows(1).columns(0..<H), s₋: rows(2).columns(0..<H),
                    δs: rows(3).columns(0..<H), δs₋: rows(4).columns(0..<H), c: rows(5).columns(0..<H))
                return Timing(seconds: seconds) {
                    for _ in 0..<stepCalls { operands.thereAndBack(shape.cell) }
                }.min
            }
        }
    }
}

/// The operands of one step. An LSTM's c₋ and δc stand in the places of s₋ and δs₋.
private struct Operands<S: Scalar> {
    let gates: MutableMatrixView<S>
    let bias: MatrixView<S>
    let s: MutableMatrixView<S>
    let s₋: MutableMatrixView<S>
    let δs: MutableMatrixView<S>
    let δs₋: MutableMatrixView<S>
    let c: MutableMatrixView<S>

    func thereAndBack(_ cell: CellKind) {
        let (s₋, δs) = (s₋.readOnly, δs.readOnly)
        switch cell {
        case .elman:
            gates.applyTanh(afterAdding: bias)
            // Otherwise it would shrink to subnormal numbers, which are slow.
            δs₋.copy(from: δs)
            δs₋.multiplyByTanhDerivative(at: gates.readOnly)
        case .lstm:
            gates.applyLSTM(bias: bias, before: s₋, cell: c, state: s)
            gates.applyLSTMBackward(before: s₋, cell: c.readOnly, δs: δs, δc: δs₋)
        case .gru:
            gates.applyGRU(bias: bias, candidateBias: bias.columns(0..<s.columns), before: s₋, state: s)
            gates.applyGRUBackward(before: s₋, δs: δs, δs₋: δs₋, adds: false)
        case .gruResetBefore:
            gates.applyGRUReset(bias: bias, before: s₋)
            gates.applyGRUUpdate(bias: bias, before: s₋, state: s)
            gates.applyGRUUpdateBackward(before: s₋, δs: δs, δs₋: δs₋, adds: false)
            gates.applyGRUResetBackward(δp: δs₋)
        }
    }
}
