internal import CRecurrentKernels

extension Float: _VectorMathScalar {
    public static func _vectorExp(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
        unsafe recurrent_vector_exp_f32(x, count)
    }

    public static func _vectorTanh(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
        unsafe recurrent_vector_tanh_f32(x, count)
    }

    public static func _vectorSigmoid(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
        unsafe recurrent_vector_sigmoid_f32(x, count)
    }

    public static func _vectorRelu(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
        unsafe recurrent_vector_relu_f32(x, count)
    }

    public static func _vectorTanhBackward(
        _ delta: UnsafeMutablePointer<Float>, _ s: UnsafePointer<Float>, _ count: Int
    ) {
        unsafe recurrent_vector_tanh_backward_f32(delta, s, count)
    }

    public static func _vectorSigmoidBackward(
        _ delta: UnsafeMutablePointer<Float>, _ s: UnsafePointer<Float>, _ count: Int
    ) {
        unsafe recurrent_vector_sigmoid_backward_f32(delta, s, count)
    }

    public static func _vectorReluBackward(
        _ delta: UnsafeMutablePointer<Float>, _ s: UnsafePointer<Float>, _ count: Int
    ) {
        unsafe recurrent_vector_relu_backward_f32(delta, s, count)
    }

    public static func _vectorMultiply(
        _ x: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int
    ) {
        unsafe recurrent_vector_multiply_f32(x, a, b, count)
    }

    public static func _vectorMultiplyAdd(
        _ x: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int
    ) {
        unsafe recurrent_vector_multiply_add_f32(x, a, b, count)
    }

    public static func _vectorDropout(
        _ x: UnsafeMutablePointer<Float>, _ count: Int, _ key: UInt64, _ threshold: UInt64, _ scale: Float
    ) {
        unsafe recurrent_vector_dropout_f32(x, count, key, threshold, scale)
    }

    public static func _vectorClamp(_ x: UnsafeMutablePointer<Float>, _ count: Int, _ limit: Float) {
        unsafe recurrent_vector_clamp_f32(x, count, limit)
    }

    public static func _vectorLargestMagnitude(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
        unsafe recurrent_vector_largest_magnitude_f32(x, count)
    }

    public static func _vectorSumOfSquares(_ x: UnsafePointer<Float>, _ count: Int) -> Double {
        unsafe recurrent_vector_sum_of_squares_f32(x, count)
    }

    public static func _vectorCountOutside(
        _ x: UnsafePointer<Float>, _ count: Int, _ low: Float, _ high: Float
    ) -> Int {
        unsafe recurrent_vector_count_outside_f32(x, count, low, high)
    }

    public static func _vectorIsFinite(_ x: UnsafePointer<Float>, _ count: Int) -> Bool {
        unsafe recurrent_vector_is_finite_f32(x, count)
    }

    public static func _rowsAdd(
        _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int,
        _ bias: UnsafePointer<Float>
    ) {
        unsafe recurrent_rows_add_f32(x, rows, columns, bias)
    }

    public static func _rowsTanh(
        _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int,
        _ bias: UnsafePointer<Float>
    ) {
        unsafe recurrent_rows_tanh_f32(x, rows, columns, bias)
    }

    public static func _rowsSigmoid(
        _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int,
        _ bias: UnsafePointer<Float>
    ) {
        unsafe recurrent_rows_sigmoid_f32(x, rows, columns, bias)
    }

    public static func _rowsRelu(
        _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int,
        _ bias: UnsafePointer<Float>
    ) {
        unsafe recurrent_rows_relu_f32(x, rows, columns, bias)
    }

    public static func _rowsGather(
        _ x: UnsafeMutablePointer<Float>, _ index: UnsafePointer<Int32>, _ rows: Int,
        _ columns: Int, _ table: UnsafePointer<Float>
    ) {
        unsafe recurrent_rows_gather_f32(x, index, rows, columns, table)
    }

    public static func _rowsScatterAdd(
        _ x: UnsafePointer<Float>, _ index: UnsafePointer<Int32>, _ rows: Int, _ columns: Int,
        _ stride: Int, _ table: UnsafeMutablePointer<Float>
    ) {
        unsafe recurrent_rows_scatter_add_f32(x, index, rows, columns, stride, table)
    }

    public static func _rowsSum(
        _ x: UnsafePointer<Float>, _ rows: Int, _ columns: Int, _ stride: Int,
        _ sum: UnsafeMutablePointer<Float>
    ) {
        unsafe recurrent_rows_sum_f32(x, rows, columns, stride, sum)
    }

    public static func _rowsTranspose(
        _ x: UnsafePointer<Float>, _ rows: Int, _ columns: Int, _ stride: Int,
        _ result: UnsafeMutablePointer<Float>, _ resultStride: Int
    ) {
        unsafe recurrent_rows_transpose_f32(x, rows, columns, stride, result, resultStride)
    }

    public static func _rowsSoftmax(_ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int) {
        unsafe recurrent_rows_softmax_f32(x, rows, columns)
    }

    public static func _rowsSoftmaxBackward(
        _ delta: UnsafeMutablePointer<Float>, _ y: UnsafePointer<Float>, _ rows: Int,
        _ columns: Int
    ) {
        unsafe recurrent_rows_softmax_backward_f32(delta, y, rows, columns)
    }

    public static func _rowsLogSumExp(
        _ x: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ result: UnsafeMutablePointer<Float>
    ) {
        unsafe recurrent_rows_log_sum_exp_f32(x, rows, columns, result)
    }

    public static func _lossSquaredLinear(
        _ output: UnsafeMutablePointer<Float>, _ target: UnsafePointer<Float>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ factor: Float
    ) -> Double {
        unsafe recurrent_loss_squared_linear_f32(output, target, place, weight, rows, columns, factor)
    }

    public static func _lossSquaredSigmoid(
        _ output: UnsafeMutablePointer<Float>, _ target: UnsafePointer<Float>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ factor: Float
    ) -> Double {
        unsafe recurrent_loss_squared_sigmoid_f32(output, target, place, weight, rows, columns, factor)
    }

    public static func _lossSquaredSoftmax(
        _ output: UnsafeMutablePointer<Float>, _ target: UnsafePointer<Float>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ factor: Float
    ) -> Double {
        unsafe recurrent_loss_squared_softmax_f32(output, target, place, weight, rows, columns, factor)
    }

    public static func _lossCrossEntropy(
        _ output: UnsafeMutablePointer<Float>, _ target: UnsafePointer<Int32>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ factor: Float
    ) -> Double {
        unsafe recurrent_loss_cross_entropy_f32(output, target, place, weight, rows, columns, factor)
    }

    public static func _lossBinaryCrossEntropy(
        _ output: UnsafeMutablePointer<Float>, _ target: UnsafePointer<Float>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ factor: Float
    ) -> Double {
        unsafe recurrent_loss_binary_cross_entropy_f32(output, target, place, weight, rows, columns, factor)
    }
}
