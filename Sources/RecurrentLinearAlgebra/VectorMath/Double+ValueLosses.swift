internal import CRecurrentKernels

extension Double {
    public static func _lossOfValues(
        _ loss: Int32, _ outputFunction: Int32, _ output: UnsafeMutablePointer<Double>,
        _ target: UnsafePointer<Double>, _ targetWeight: UnsafePointer<Double>?,
        _ place: UnsafePointer<Int32>,
        _ weight: UnsafePointer<Double>, _ rows: Int, _ values: Int, _ levels: Int, _ factor: Double,
        _ parameters: UnsafePointer<Double>
    ) -> Double {
        unsafe recurrent_loss_of_values_f64(
            loss, outputFunction, output, target, targetWeight, place, weight, rows, values, levels, factor,
            parameters)
    }

    public static func _lossSmoothedCrossEntropy(
        _ output: UnsafeMutablePointer<Double>, _ target: UnsafePointer<Int32>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Double>, _ rows: Int, _ columns: Int,
        _ smoothing: Double
    ) -> Double {
        unsafe recurrent_loss_smoothed_cross_entropy_f64(
            output, target, place, weight, rows, columns, smoothing)
    }
}
