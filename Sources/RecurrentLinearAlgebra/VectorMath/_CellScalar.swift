/// The equations of gated cells over the rows of one timestep: the C functions of one number type, `width` units a row,
/// `distance` elements from one block of gates to the next and strides from row to row. `before` is c₋ of an LSTM and s₋ of a GRU. Nothing is checked; the methods
/// of `MutableMatrixView` in `GatedCells.swift` are the checked callers.
public protocol _CellScalar {
    /// i f g o from z; c = f ⊙ c₋ + i ⊙ g, s = o ⊙ tanh c.
    static func _lstmForward(
        _ gates: UnsafeMutablePointer<Self>, _ gateStride: Int, _ distance: Int, _ bias: UnsafePointer<Self>?,
        _ before: UnsafePointer<Self>, _ beforeStride: Int, _ cell: UnsafeMutablePointer<Self>,
        _ cellStride: Int, _ state: UnsafeMutablePointer<Self>, _ stateStride: Int, _ rows: Int, _ width: Int
    )

    /// δz from δs and δc, which becomes δc₋.
    static func _lstmBackward(
        _ gates: UnsafeMutablePointer<Self>, _ gateStride: Int, _ distance: Int,
        _ before: UnsafePointer<Self>,
        _ beforeStride: Int, _ cell: UnsafePointer<Self>, _ cellStride: Int,
        _ deltaState:
            UnsafePointer<Self>, _ deltaStateStride: Int, _ deltaCell: UnsafeMutablePointer<Self>,
        _ deltaCellStride: Int, _ rows: Int, _ width: Int
    )

    /// n r z q and s = n + z ⊙ (s₋ − n), reset after the product.
    static func _gruForward(
        _ gates: UnsafeMutablePointer<Self>, _ gateStride: Int, _ distance: Int, _ bias: UnsafePointer<Self>?,
        _ candidateBias: UnsafePointer<Self>?, _ before: UnsafePointer<Self>, _ beforeStride: Int,
        _ state: UnsafeMutablePointer<Self>, _ stateStride: Int, _ rows: Int, _ width: Int
    )

    /// δa_n, δa_r, δa_z, δq from δs, and its share of δs₋.
    static func _gruBackward(
        _ gates: UnsafeMutablePointer<Self>, _ gateStride: Int, _ distance: Int,
        _ before: UnsafePointer<Self>,
        _ beforeStride: Int, _ deltaState: UnsafePointer<Self>, _ deltaStateStride: Int,
        _ deltaBefore:
            UnsafeMutablePointer<Self>, _ deltaBeforeStride: Int, _ adds: Bool, _ rows: Int, _ width: Int
    )

    /// r and p = r ⊙ s₋, reset before the product.
    static func _gruResetForward(
        _ gates: UnsafeMutablePointer<Self>, _ gateStride: Int, _ distance: Int, _ bias: UnsafePointer<Self>?,
        _ before: UnsafePointer<Self>, _ beforeStride: Int, _ rows: Int, _ width: Int
    )

    /// n z and s = n + z ⊙ (s₋ − n), reset before the product.
    static func _gruUpdateForward(
        _ gates: UnsafeMutablePointer<Self>, _ gateStride: Int, _ distance: Int, _ bias: UnsafePointer<Self>?,
        _ before: UnsafePointer<Self>, _ beforeStride: Int, _ state: UnsafeMutablePointer<Self>,
        _ stateStride: Int, _ rows: Int, _ width: Int
    )

    /// δa_n and δa_z from δs, and its share of δs₋.
    static func _gruUpdateBackward(
        _ gates: UnsafeMutablePointer<Self>, _ gateStride: Int, _ distance: Int,
        _ before: UnsafePointer<Self>,
        _ beforeStride: Int, _ deltaState: UnsafePointer<Self>, _ deltaStateStride: Int,
        _ deltaBefore:
            UnsafeMutablePointer<Self>, _ deltaBeforeStride: Int, _ adds: Bool, _ rows: Int, _ width: Int
    )

    /// δa_r from δp, which becomes δp ⊙ r.
    static func _gruResetBackward(
        _ gates: UnsafeMutablePointer<Self>, _ gateStride: Int, _ distance: Int,
        _ delta: UnsafeMutablePointer<Self>,
        _ deltaStride: Int, _ rows: Int, _ width: Int
    )
}
