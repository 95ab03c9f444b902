/// One direction of one layer: a recurrence with weights of its own.
struct LayerCell: Equatable, Sendable {
    /// Counted from 0.
    let layer: Int
    let isReverse: Bool
    /// The width of x_t.
    let inputWidth: Int
    let equations: RecurrentCell
    /// H
    let width: Int
    let hasBias: Bool
    let isRecurrent: Bool
    /// The columns of its state among those of all cells side by side.
    let columns: Range<Int>
    /// The columns of its state in the output of its layer.
    let outputColumns: Range<Int>

    /// G·H, the width of z_t.
    var gateWidth: Int { equations.gates * width }

    func name(_ kind: ParameterName.Kind) -> ParameterName {
        ParameterName(kind, layer: layer, reverse: isReverse)
    }
}
