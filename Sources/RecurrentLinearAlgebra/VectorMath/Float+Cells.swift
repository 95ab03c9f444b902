internal import CRecurrentKernels

extension Float: _CellScalar {
    public static func _lstmForward(
        _ gates: UnsafeMutablePointer<Float>, _ gateStride: Int, _ distance: Int,
        _ bias: UnsafePointer<Float>?,
        _ before: UnsafePointer<Float>, _ beforeStride: Int, _ cell: UnsafeMutablePointer<Float>,
        _ cellStride: Int, _ state: UnsafeMutablePointer<Float>, _ stateStride: Int, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_lstm_forward_f32(
            gates, gateStride, distance, bias, before, beforeStride, cell, cellStride, state, stateStride,
            rows, width)
    }

    public static func _lstmBackward(
        _ gates: UnsafeMutablePointer<Float>, _ gateStride: Int, _ distance: Int,
        _ before: UnsafePointer<Float>,
        _ beforeStride: Int, _ cell: UnsafePointer<Float>, _ cellStride: Int,
        _ deltaState:
            UnsafePointer<Float>, _ deltaStateStride: Int, _ deltaCell: UnsafeMutablePointer<Float>,
        _ deltaCellStride: Int, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_lstm_backward_f32(
            gates, gateStride, distance, before, beforeStride, cell, cellStride, deltaState,
            deltaStateStride, deltaCell, deltaCellStride, rows, width)
    }

    public static func _gruForward(
        _ gates: UnsafeMutablePointer<Float>, _ gateStride: Int, _ distance: Int,
        _ bias: UnsafePointer<Float>?,
        _ candidateBias: UnsafePointer<Float>?, _ before: UnsafePointer<Float>, _ beforeStride: Int,
        _ state: UnsafeMutablePointer<Float>, _ stateStride: Int, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_gru_forward_f32(
            gates, gateStride, distance, bias, candidateBias, before, beforeStride, state, stateStride,
            rows, width)
    }

    public static func _gruBackward(
        _ gates: UnsafeMutablePointer<Float>, _ gateStride: Int, _ distance: Int,
        _ before: UnsafePointer<Float>,
        _ beforeStride: Int, _ deltaState: UnsafePointer<Float>, _ deltaStateStride: Int,
        _ deltaBefore:
            UnsafeMutablePointer<Float>, _ deltaBeforeStride: Int, _ adds: Bool, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_gru_backward_f32(
            gates, gateStride, distance, before, beforeStride, deltaState, deltaStateStride, deltaBefore,
            deltaBeforeStride, adds, rows, width)
    }

    public static func _gruResetForward(
        _ gates: UnsafeMutablePointer<Float>, _ gateStride: Int, _ distance: Int,
        _ bias: UnsafePointer<Float>?,
        _ before: UnsafePointer<Float>, _ beforeStride: Int, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_gru_reset_forward_f32(
            gates, gateStride, distance, bias, before, beforeStride, rows, width)
    }

    public static func _gruUpdateForward(
        _ gates: UnsafeMutablePointer<Float>, _ gateStride: Int, _ distance: Int,
        _ bias: UnsafePointer<Float>?,
        _ before: UnsafePointer<Float>, _ beforeStride: Int, _ state: UnsafeMutablePointer<Float>,
        _ stateStride: Int, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_gru_update_forward_f32(
            gates, gateStride, distance, bias, before, beforeStride, state, stateStride, rows, width)
    }

    public static func _gruUpdateBackward(
        _ gates: UnsafeMutablePointer<Float>, _ gateStride: Int, _ distance: Int,
        _ before: UnsafePointer<Float>,
        _ beforeStride: Int, _ deltaState: UnsafePointer<Float>, _ deltaStateStride: Int,
        _ deltaBefore:
            UnsafeMutablePointer<Float>, _ deltaBeforeStride: Int, _ adds: Bool, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_gru_update_backward_f32(
            gates, gateStride, distance, before, beforeStride, deltaState, deltaStateStride, deltaBefore,
            deltaBeforeStride, adds, rows, width)
    }

    public static func _gruResetBackward(
        _ gates: UnsafeMutablePointer<Float>, _ gateStride: Int, _ distance: Int,
        _ delta: UnsafeMutablePointer<Float>,
        _ deltaStride: Int, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_gru_reset_backward_f32(
            gates, gateStride, distance, delta, deltaStride, rows, width)
    }
}
