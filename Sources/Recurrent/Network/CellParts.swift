import RecurrentLinearAlgebra

/// The places of a cell's parameters, looked up once for many steps.
struct CellParts: Sendable {
    let W_x: ParameterLayout.Part
    let W_s: ParameterLayout.Part?
    let b_s: ParameterLayout.Part?
    let b_n: ParameterLayout.Part?

    init(_ cell: LayerCell, _ layout: ParameterLayout) {
        guard let W_x = layout[cell.name(.inputWeights)] else { unreachable("a cell has a W_x") }
        (self.W_x, W_s) = (W_x, layout[cell.name(.stateWeights)])
        (b_s, b_n) = (layout[cell.name(.stateBias)], layout[cell.name(.candidateBias)])
    }
}
