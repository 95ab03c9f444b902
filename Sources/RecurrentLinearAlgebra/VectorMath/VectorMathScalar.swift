/// The elementwise and row-wise C functions of one number type, over tight row-major memory.
/// CRecurrentKernels.h says what each computes. The methods of `MutableMatrixView` and `LossFunctions`
/// are the checked faces; call those.
public protocol VectorMathScalar {
    static func vectorExp(_ x: UnsafeMutablePointer<Self>, _ count: Int)
    static func vectorTanh(_ x: UnsafeMutablePointer<Self>, _ count: Int)
    static func vectorSigmoid(_ x: UnsafeMutablePointer<Self>, _ count: Int)
    static func vectorRelu(_ x: UnsafeMutablePointer<Self>, _ count: Int)
    static func vectorTanhBackward(
        _ delta: UnsafeMutablePointer<Self>, _ s: UnsafePointer<Self>, _ count: Int
    )
    static func vectorSigmoidBackward(
        _ delta: UnsafeMutablePointer<Self>, _ s: UnsafePointer<Self>, _ count: Int
    )
    static func vectorReluBackward(
        _ delta: UnsafeMutablePointer<Self>, _ s: UnsafePointer<Self>, _ count: Int
    )
    static func vectorMultiply(
        _ x: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ count: Int
    )
    static func vectorMultiplyAdd(
        _ x: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ count: Int
    )
    static func vectorDropout(
        _ x: UnsafeMutablePointer<Self>, _ count: Int, _ key: UInt64, _ threshold: UInt64, _ scale: Self
    )
    static func vectorClamp(_ x: UnsafeMutablePointer<Self>, _ count: Int, _ limit: Self)
    static func vectorLargestMagnitude(_ x: UnsafePointer<Self>, _ count: Int) -> Self
    static func vectorSumOfSquares(_ x: UnsafePointer<Self>, _ count: Int) -> Double
    static func vectorCountOutside(
        _ x: UnsafePointer<Self>, _ count: Int, _ low: Self, _ high: Self
    ) -> Int
    static func vectorIsFinite(_ x: UnsafePointer<Self>, _ count: Int) -> Bool
    static func rowsAdd(
        _ x: UnsafeMutablePointer<Self>, _ rows: Int, _ columns: Int, _ bias: UnsafePointer<Self>
    )
    static func rowsTanh(
        _ x: UnsafeMutablePointer<Self>, _ rows: Int, _ columns: Int, _ bias: UnsafePointer<Self>
    )
    static func rowsSigmoid(
        _ x: UnsafeMutablePointer<Self>, _ rows: Int, _ columns: Int, _ bias: UnsafePointer<Self>
    )
    static func rowsRelu(
        _ x: UnsafeMutablePointer<Self>, _ rows: Int, _ columns: Int, _ bias: UnsafePointer<Self>
    )
    static func rowsGather(
        _ x: UnsafeMutablePointer<Self>, _ index: UnsafePointer<Int32>, _ rows: Int, _ columns: Int,
        _ table: UnsafePointer<Self>
    )
    static func rowsScatterAdd(
        _ x: UnsafePointer<Self>, _ index: UnsafePointer<Int32>, _ rows: Int, _ columns: Int,
        _ stride: Int, _ table: UnsafeMutablePointer<Self>
    )
    static func rowsSum(
        _ x: UnsafePointer<Self>, _ rows: Int, _ columns: Int, _ stride: Int,
        _ sum: UnsafeMutablePointer<Self>
    )
    static func rowsTranspose(
        _ x: UnsafePointer<Self>, _ rows: Int, _ columns: Int, _ stride: Int,
        _ result: UnsafeMutablePointer<Self>, _ resultStride: Int
    )
    static func rowsSoftmax(_ x: UnsafeMutablePointer<Self>, _ rows: Int, _ columns: Int)
    static func rowsSoftmaxBackward(
        _ delta: UnsafeMutablePointer<Self>, _ y: UnsafePointer<Self>, _ rows: Int, _ columns: Int
    )
    static func rowsLogSumExp(
        _ x: UnsafePointer<Self>, _ rows: Int, _ columns: Int, _ result: UnsafeMutablePointer<Self>
    )
    static func lossSquaredLinear(
        _ output: UnsafeMutablePointer<Self>, _ target: UnsafePointer<Self>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Self>, _ rows: Int, _ columns: Int,
        _ factor: Self
    ) -> Double
    static func lossSquaredSigmoid(
        _ output: UnsafeMutablePointer<Self>, _ target: UnsafePointer<Self>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Self>, _ rows: Int, _ columns: Int,
        _ factor: Self
    ) -> Double
    static func lossSquaredSoftmax(
        _ output: UnsafeMutablePointer<Self>, _ target: UnsafePointer<Self>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Self>, _ rows: Int, _ columns: Int,
        _ factor: Self
    ) -> Double
    static func lossCrossEntropy(
        _ output: UnsafeMutablePointer<Self>, _ target: UnsafePointer<Int32>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Self>, _ rows: Int, _ columns: Int,
        _ factor: Self
    ) -> Double
    static func lossBinaryCrossEntropy(
        _ output: UnsafeMutablePointer<Self>, _ target: UnsafePointer<Self>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Self>, _ rows: Int, _ columns: Int,
        _ factor: Self
    ) -> Double
}
