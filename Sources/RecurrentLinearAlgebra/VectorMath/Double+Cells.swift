internal import CRecurrentKernels

extension Double: _CellScalar {
    public static func _lstmForward(
        _ gates: UnsafeMutablePointer<Double>, _ gateStride: Int, _ distance: Int,
        _ bias: UnsafePointer<Double>?,
        _ before: UnsafePointer<Double>, _ beforeStride: Int, _ cell: UnsafeMutablePointer<Double>,
        _ cellStride: Int, _ state: UnsafeMutablePointer<Double>, _ stateStride: Int, _ rows: Int,
        _ width: Int
    ) {
        unsafe recurrent_lstm_forward_f64(
            gates, gateStride, distance, bias, before, beforeStride, cell, cellStride, state, stateStride,
            rows, width)
    }

    public static func _lstmBackward(
        _ gates: UnsafeMutablePointer<Double>, _ gateStride: Int, _ distance: Int,
        _ before: UnsafePointer<Double>,
        _ beforeStride: Int, _ cell: UnsafePointer<Double>, _ cellStride: Int,
        _ deltaState:
            UnsafePointer<Double>, _ deltaStateStride: Int, _ deltaCell: UnsafeMutablePointer<Double>,
        _ deltaCellStride: Int, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_lstm_backward_f64(
            gates, gateStride, distance, before, beforeStride, cell, cellStride, deltaState,
            deltaStateStride, deltaCell, deltaCellStride, rows, width)
    }

    public static func _gruForward(
        _ gates: UnsafeMutablePointer<Double>, _ gateStride: Int, _ distance: Int,
        _ bias: UnsafePointer<Double>?,
        _ candidateBias: UnsafePointer<Double>?, _ before: UnsafePointer<Double>, _ beforeStride: Int,
        _ state: UnsafeMutablePointer<Double>, _ stateStride: Int, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_gru_forward_f64(
            gates, gateStride, distance, bias, candidateBias, before, beforeStride, state, stateStride,
            rows, width)
    }

    public static func _gruBackward(
        _ gates: UnsafeMutablePointer<Double>, _ gateStride: Int, _ distance: Int,
        _ before: UnsafePointer<Double>,
        _ beforeStride: Int, _ deltaState: UnsafePointer<Double>, _ deltaStateStride: Int,
        _ deltaBefore: UnsafeMutablePointer<Double>, _ deltaBeforeStride: Int, _ adds: Bool,
        _ rows:
            Int, _ width: Int
    ) {
        unsafe recurrent_gru_backward_f64(
            gates, gateStride, distance, before, beforeStride, deltaState, deltaStateStride, deltaBefore,
            deltaBeforeStride, adds, rows, width)
    }

    public static func _gruResetForward(
        _ gates: UnsafeMutablePointer<Double>, _ gateStride: Int, _ distance: Int,
        _ bias: UnsafePointer<Double>?,
        _ before: UnsafePointer<Double>, _ beforeStride: Int, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_gru_reset_forward_f64(
            gates, gateStride, distance, bias, before, beforeStride, rows, width)
    }

    public static func _gruUpdateForward(
        _ gates: UnsafeMutablePointer<Double>, _ gateStride: Int, _ distance: Int,
        _ bias: UnsafePointer<Double>?,
        _ before: UnsafePointer<Double>, _ beforeStride: Int, _ state: UnsafeMutablePointer<Double>,
        _ stateStride: Int, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_gru_update_forward_f64(
            gates, gateStride, distance, bias, before, beforeStride, state, stateStride, rows, width)
    }

    public static func _gruUpdateBackward(
        _ gates: UnsafeMutablePointer<Double>, _ gateStride: Int, _ distance: Int,
        _ before: UnsafePointer<Double>,
        _ beforeStride: Int, _ deltaState: UnsafePointer<Double>, _ deltaStateStride: Int,
        _ deltaBefore: UnsafeMutablePointer<Double>, _ deltaBeforeStride: Int, _ adds: Bool,
        _ rows:
            Int, _ width: Int
    ) {
        unsafe recurrent_gru_update_backward_f64(
            gates, gateStride, distance, before, beforeStride, deltaState, deltaStateStride, deltaBefore,
            deltaBeforeStride, adds, rows, width)
    }

    public static func _gruResetBackward(
        _ gates: UnsafeMutablePointer<Double>, _ gateStride: Int, _ distance: Int,
        _ delta:
            UnsafeMutablePointer<Double>, _ deltaStride: Int, _ rows: Int, _ width: Int
    ) {
        unsafe recurrent_gru_reset_backward_f64(
            gates, gateStride, distance, delta, deltaStride, rows, width)
    }
}
