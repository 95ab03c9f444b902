internal import CRecurrentKernels

extension Float {
    public static func _lossOfValues(
        _ loss: Int32, _ outputFunction: Int32, _ output: UnsafeMutablePointer<Float>,
        _ target: UnsafePointer<Float>, _ targetWeight: UnsafePointer<Float>?, _ place: UnsafePointer<Int32>,
        _ weight: UnsafePointer<Float>, _ rows: Int, _ values: Int, _ levels: Int, _ factor: Float,
        _ parameters: UnsafePointer<Float>
    ) -> Double {
        unsafe recurrent_loss_of_values_f32(
            loss, outputFunction, output, target, targetWeight, place, weight, rows, values, levels, factor,
            parameters)
    }

    public static func _lossSmoothedCrossEntropy(
        _ output: UnsafeMutablePointer<Float>, _ target: UnsafePointer<Int32>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ smoothing: Float
    ) -> Double {
        unsafe recurrent_loss_smoothed_cross_entropy_f32(
            output, target, place, weight, rows, columns, smoothing)
    }
}
