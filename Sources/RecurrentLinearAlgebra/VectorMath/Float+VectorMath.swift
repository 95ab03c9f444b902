internal import CRecurrentKernels

extension Float: VectorMathScalar {
    public static func vectorExp(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
        unsafe vector_exp_f32(x, count)
    }

    public static func vectorTanh(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
        unsafe vector_tanh_f32(x, count)
    }

    public static func vectorSigmoid(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
        unsafe vector_sigmoid_f32(x, count)
    }

    public static func vectorRelu(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
        unsafe vector_relu_f32(x, count)
    }

    public static func vectorTanhBackward(
        _ delta: UnsafeMutablePointer<Float>, _ s: UnsafePointer<Float>, _ count: Int
    ) {
        unsafe vector_tanh_backward_f32(delta, s, count)
    }

    public static func vectorSigmoidBackward(
        _ delta: UnsafeMutablePointer<Float>, _ s: UnsafePointer<Float>, _ count: Int
    ) {
        unsafe vector_sigmoid_backward_f32(delta, s, count)
    }

    public static func vectorReluBackward(
        _ delta: UnsafeMutablePointer<Float>, _ s: UnsafePointer<Float>, _ count: Int
    ) {
        unsafe vector_relu_backward_f32(delta, s, count)
    }

    public static func vectorMultiply(
        _ x: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int
    ) {
        unsafe vector_multiply_f32(x, a, b, count)
    }

    public static func vectorMultiplyAdd(
        _ x: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int
    ) {
        unsafe vector_multiply_add_f32(x, a, b, count)
    }

    public static func vectorDropout(
        _ x: UnsafeMutablePointer<Float>, _ count: Int, _ key: UInt64, _ threshold: UInt64, _ scale: Float
    ) {
        unsafe vector_dropout_f32(x, count, key, threshold, scale)
    }

    public static func vectorClamp(_ x: UnsafeMutablePointer<Float>, _ count: Int, _ limit: Float) {
        unsafe vector_clamp_f32(x, count, limit)
    }

    public static func vectorLargestMagnitude(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
        unsafe vector_largest_magnitude_f32(x, count)
    }

    public static func vectorSumOfSquares(_ x: UnsafePointer<Float>, _ count: Int) -> Double {
        unsafe vector_sum_of_squares_f32(x, count)
    }

    public static func vectorCountOutside(
        _ x: UnsafePointer<Float>, _ count: Int, _ low: Float, _ high: Float
    ) -> Int {
        unsafe vector_count_outside_f32(x, count, low, high)
    }

    public static func vectorIsFinite(_ x: UnsafePointer<Float>, _ count: Int) -> Bool {
        unsafe vector_is_finite_f32(x, count)
    }

    public static func rowsAdd(
        _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int,
        _ bias: UnsafePointer<Float>
    ) {
        unsafe rows_add_f32(x, rows, columns, bias)
    }

    public static func rowsTanh(
        _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int,
        _ bias: UnsafePointer<Float>
    ) {
        unsafe rows_tanh_f32(x, rows, columns, bias)
    }

    public static func rowsSigmoid(
        _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int,
        _ bias: UnsafePointer<Float>
    ) {
        unsafe rows_sigmoid_f32(x, rows, columns, bias)
    }

    public static func rowsRelu(
        _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int,
        _ bias: UnsafePointer<Float>
    ) {
        unsafe rows_relu_f32(x, rows, columns, bias)
    }

    public static func rowsGather(
        _ x: UnsafeMutablePointer<Float>, _ index: UnsafePointer<Int32>, _ rows: Int,
        _ columns: Int, _ table: UnsafePointer<Float>
    ) {
        unsafe rows_gather_f32(x, index, rows, columns, table)
    }

    public static func rowsScatterAdd(
        _ x: UnsafePointer<Float>, _ index: UnsafePointer<Int32>, _ rows: Int, _ columns: Int,
        _ stride: Int, _ table: UnsafeMutablePointer<Float>
    ) {
        unsafe rows_scatter_add_f32(x, index, rows, columns, stride, table)
    }

    public static func rowsSum(
        _ x: UnsafePointer<Float>, _ rows: Int, _ columns: Int, _ stride: Int,
        _ sum: UnsafeMutablePointer<Float>
    ) {
        unsafe rows_sum_f32(x, rows, columns, stride, sum)
    }

    public static func rowsTranspose(
        _ x: UnsafePointer<Float>, _ rows: Int, _ columns: Int, _ stride: Int,
        _ result: UnsafeMutablePointer<Float>, _ resultStride: Int
    ) {
        unsafe rows_transpose_f32(x, rows, columns, stride, result, resultStride)
    }

    public static func rowsSoftmax(_ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int) {
        unsafe rows_softmax_f32(x, rows, columns)
    }

    public static func rowsSoftmaxBackward(
        _ delta: UnsafeMutablePointer<Float>, _ y: UnsafePointer<Float>, _ rows: Int,
        _ columns: Int
    ) {
        unsafe rows_softmax_backward_f32(delta, y, rows, columns)
    }

    public static func rowsLogSumExp(
        _ x: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ result: UnsafeMutablePointer<Float>
    ) {
        unsafe rows_log_sum_exp_f32(x, rows, columns, result)
    }

    public static func lossSquaredLinear(
        _ output: UnsafeMutablePointer<Float>, _ target: UnsafePointer<Float>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ factor: Float
    ) -> Double {
        unsafe loss_squared_linear_f32(output, target, place, weight, rows, columns, factor)
    }

    public static func lossSquaredSigmoid(
        _ output: UnsafeMutablePointer<Float>, _ target: UnsafePointer<Float>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ factor: Float
    ) -> Double {
        unsafe loss_squared_sigmoid_f32(output, target, place, weight, rows, columns, factor)
    }

    public static func lossSquaredSoftmax(
        _ output: UnsafeMutablePointer<Float>, _ target: UnsafePointer<Float>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ factor: Float
    ) -> Double {
        unsafe loss_squared_softmax_f32(output, target, place, weight, rows, columns, factor)
    }

    public static func lossCrossEntropy(
        _ output: UnsafeMutablePointer<Float>, _ target: UnsafePointer<Int32>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ factor: Float
    ) -> Double {
        unsafe loss_cross_entropy_f32(output, target, place, weight, rows, columns, factor)
    }

    public static func lossBinaryCrossEntropy(
        _ output: UnsafeMutablePointer<Float>, _ target: UnsafePointer<Float>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Float>, _ rows: Int, _ columns: Int,
        _ factor: Float
    ) -> Double {
        unsafe loss_binary_cross_entropy_f32(output, target, place, weight, rows, columns, factor)
    }
}
