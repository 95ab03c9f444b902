/// One direction of one layer: a recurrence with weights of its own.
struct LayerCell: Equatable, Sendable {
    /// Counted from 0.
    let layer: Int
    let isReverse: Bool
    /// The width of x_t.
    let inputWidth: Int
    let equations: RecurrentCell
    /// That of `equations`, at hand for every step.
    let shape: CellShape
    /// H
    let width: Int
    let hasBias: Bool
    let isRecurrent: Bool
    /// The columns of its state, s and where there is one c, among those of all cells side by side.
    let columns: Range<Int>
    /// The columns of s in the output of its layer.
    let outputColumns: Range<Int>

    /// G·H, the width of z_t.
    var gateWidth: Int { shape.gates * width }

    /// The width of a row of Z.
    var rowWidth: Int { shape.blocks * width }

    /// True if Z and δZ stand in the place of S and δS.
    var isInPlace: Bool { shape.blocks == 1 }

    /// The numbers that a sequence's step takes in memory on the way back: s, δs, a row of Z and c.
    var unfoldedWidth: Int { 2 * width + (isInPlace ? 0 : rowWidth) + (shape.hasCellState ? width : 0) }

    /// The columns of a row of Z that x_t W_x belongs to.
    var inputColumns: Range<Int> { 0..<gateWidth }

    /// The columns of a row of Z that s_{t−1} W_s belongs to.
    var stateColumns: Range<Int> { columns(of: shape.stateBlocks) }

    /// The columns of some blocks of a row.
    func columns(of blocks: Range<Int>) -> Range<Int> {
        blocks.lowerBound * width..<blocks.upperBound * width
    }

    /// The last block of a row of Z: q or p of a GRU.
    var lastColumns: Range<Int> { columns(of: shape.lastBlock) }

    /// True if the cell has a b_n.
    var hasCandidateBias: Bool { hasBias && shape.candidate == .apart }

    /// The width of its state: of s, and of c if there is one.
    var stateWidth: Int { stateParts.count * width }

    /// The parts of its state.
    var stateParts: [StatePart] { shape.hasCellState ? [.s, .c] : [.s] }

    /// The columns of a part in its state.
    func columns(of part: StatePart) -> Range<Int> { part == .s ? 0..<width : width..<2 * width }

    func name(_ kind: ParameterName.Kind) -> ParameterName {
        ParameterName(kind, layer: layer, reverse: isReverse)
    }
}
