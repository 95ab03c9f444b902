internal import CRecurrentKernels

extension Double: _VectorMathScalar {
    public static func _vectorExp(_ x: UnsafeMutablePointer<Double>, _ count: Int) {
        unsafe recurrent_vector_exp_f64(x, count)
    }

    public static func _vectorTanh(_ x: UnsafeMutablePointer<Double>, _ count: Int) {
        unsafe recurrent_vector_tanh_f64(x, count)
    }

    public static func _vectorSigmoid(_ x: UnsafeMutablePointer<Double>, _ count: Int) {
        unsafe recurrent_vector_sigmoid_f64(x, count)
    }

    public static func _vectorRelu(_ x: UnsafeMutablePointer<Double>, _ count: Int) {
        unsafe recurrent_vector_relu_f64(x, count)
    }

    public static func _vectorTanhBackward(
        _ delta: UnsafeMutablePointer<Double>, _ s: UnsafePointer<Double>, _ count: Int
    ) {
        unsafe recurrent_vector_tanh_backward_f64(delta, s, count)
    }

    public static func _vectorSigmoidBackward(
        _ delta: UnsafeMutablePointer<Double>, _ s: UnsafePointer<Double>, _ count: Int
    ) {
        unsafe recurrent_vector_sigmoid_backward_f64(delta, s, count)
    }

    public static func _vectorReluBackward(
        _ delta: UnsafeMutablePointer<Double>, _ s: UnsafePointer<Double>, _ count: Int
    ) {
        unsafe recurrent_vector_relu_backward_f64(delta, s, count)
    }

    public static func _vectorMultiply(
        _ x: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
        _ count: Int
    ) {
        unsafe recurrent_vector_multiply_f64(x, a, b, count)
    }

    public static func _vectorMultiplyAdd(
        _ x: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
        _ count: Int
    ) {
        unsafe recurrent_vector_multiply_add_f64(x, a, b, count)
    }

    public static func _vectorDropout(
        _ x: UnsafeMutablePointer<Double>, _ count: Int, _ key: UInt64, _ threshold: UInt64, _ scale: Double
    ) {
        unsafe recurrent_vector_dropout_f64(x, count, key, threshold, scale)
    }

    public static func _vectorClamp(_ x: UnsafeMutablePointer<Double>, _ count: Int, _ limit: Double) {
        unsafe recurrent_vector_clamp_f64(x, count, limit)
    }

    public static func _vectorLargestMagnitude(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
        unsafe recurrent_vector_largest_magnitude_f64(x, count)
    }

    public static func _vectorSumOfSquares(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
        unsafe recurrent_vector_sum_of_squares_f64(x, count)
    }

    public static func _vectorCountOutside(
        _ x: UnsafePointer<Double>, _ count: Int, _ low: Double, _ high: Double
    ) -> Int {
        unsafe recurrent_vector_count_outside_f64(x, count, low, high)
    }

    public static func _vectorIsFinite(_ x: UnsafePointer<Double>, _ count: Int) -> Bool {
        unsafe recurrent_vector_is_finite_f64(x, count)
    }

    public static func _rowsAdd(
        _ x: UnsafeMutablePointer<Double>, _ rows: Int, _ columns: Int,
        _ bias: UnsafePointer<Double>
    ) {
        unsafe recurrent_rows_add_f64(x, rows, columns, bias)
    }

    public static func _rowsTanh(
        _ x: UnsafeMutablePointer<Double>, _ rows: Int, _ columns: Int,
        _ bias: UnsafePointer<Double>
    ) {
        unsafe recurrent_rows_tanh_f64(x, rows, columns, bias)
    }

    public static func _rowsSigmoid(
        _ x: UnsafeMutablePointer<Double>, _ rows: Int, _ columns: Int,
        _ bias: UnsafePointer<Double>
    ) {
        unsafe recurrent_rows_sigmoid_f64(x, rows, columns, bias)
    }

    public static func _rowsRelu(
        _ x: UnsafeMutablePointer<Double>, _ rows: Int, _ columns: Int,
        _ bias: UnsafePointer<Double>
    ) {
        unsafe recurrent_rows_relu_f64(x, rows, columns, bias)
    }

    public static func _rowsGather(
        _ x: UnsafeMutablePointer<Double>, _ index: UnsafePointer<Int32>, _ rows: Int,
        _ columns: Int, _ table: UnsafePointer<Double>
    ) {
        unsafe recurrent_rows_gather_f64(x, index, rows, columns, table)
    }

    public static func _rowsScatterAdd(
        _ x: UnsafePointer<Double>, _ index: UnsafePointer<Int32>, _ rows: Int, _ columns: Int,
        _ stride: Int, _ table: UnsafeMutablePointer<Double>
    ) {
        unsafe recurrent_rows_scatter_add_f64(x, index, rows, columns, stride, table)
    }

    public static func _rowsSum(
        _ x: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ stride: Int,
        _ sum: UnsafeMutablePointer<Double>
    ) {
        unsafe recurrent_rows_sum_f64(x, rows, columns, stride, sum)
    }

    public static func _rowsTranspose(
        _ x: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ stride: Int,
        _ result: UnsafeMutablePointer<Double>, _ resultStride: Int
    ) {
        unsafe recurrent_rows_transpose_f64(x, rows, columns, stride, result, resultStride)
    }

    public static func _rowsSoftmax(_ x: UnsafeMutablePointer<Double>, _ rows: Int, _ columns: Int) {
        unsafe recurrent_rows_softmax_f64(x, rows, columns)
    }

    public static func _rowsSoftmaxBackward(
        _ delta: UnsafeMutablePointer<Double>, _ y: UnsafePointer<Double>, _ rows: Int,
        _ columns: Int
    ) {
        unsafe recurrent_rows_softmax_backward_f64(delta, y, rows, columns)
    }

    public static func _rowsLogSumExp(
        _ x: UnsafePointer<Double>, _ rows: Int, _ columns: Int,
        _ result: UnsafeMutablePointer<Double>
    ) {
        unsafe recurrent_rows_log_sum_exp_f64(x, rows, columns, result)
    }

    public static func _lossSquaredLinear(
        _ output: UnsafeMutablePointer<Double>, _ target: UnsafePointer<Double>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Double>, _ rows: Int, _ columns: Int,
        _ factor: Double
    ) -> Double {
        unsafe recurrent_loss_squared_linear_f64(output, target, place, weight, rows, columns, factor)
    }

    public static func _lossSquaredSigmoid(
        _ output: UnsafeMutablePointer<Double>, _ target: UnsafePointer<Double>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Double>, _ rows: Int, _ columns: Int,
        _ factor: Double
    ) -> Double {
        unsafe recurrent_loss_squared_sigmoid_f64(output, target, place, weight, rows, columns, factor)
    }

    public static func _lossSquaredSoftmax(
        _ output: UnsafeMutablePointer<Double>, _ target: UnsafePointer<Double>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Double>, _ rows: Int, _ columns: Int,
        _ factor: Double
    ) -> Double {
        unsafe recurrent_loss_squared_softmax_f64(output, target, place, weight, rows, columns, factor)
    }

    public static func _lossCrossEntropy(
        _ output: UnsafeMutablePointer<Double>, _ target: UnsafePointer<Int32>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Double>, _ rows: Int, _ columns: Int,
        _ factor: Double
    ) -> Double {
        unsafe recurrent_loss_cross_entropy_f64(output, target, place, weight, rows, columns, factor)
    }

    public static func _lossBinaryCrossEntropy(
        _ output: UnsafeMutablePointer<Double>, _ target: UnsafePointer<Double>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Double>, _ rows: Int, _ columns: Int,
        _ factor: Double
    ) -> Double {
        unsafe recurrent_loss_binary_cross_entropy_f64(output, target, place, weight, rows, columns, factor)
    }
}
