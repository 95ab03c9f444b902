/// A number type that the engine computes in: `Float` or `Double`.
///
/// The five underscored protocols declare the C functions of the type: BLAS, LAPACK, the vectorised elementwise
/// functions, gated cells and the optimisers, one static function per routine. Generic code calls them once for a whole
/// product or array, never for a single element. Their pointers are not checked; the functions and views of this module
/// check shapes and then call them.
public protocol Scalar:
    BinaryFloatingPoint, LosslessStringConvertible, Sendable,
    _BLASScalar, _LAPACKScalar, _VectorMathScalar, _CellScalar, _OptimiserScalar
{
    /// The name of the type in safetensors files and benchmarks: "F32" or "F64".
    static var typeName: String { get }
}

extension Float: Scalar {
    public static var typeName: String { "F32" }
}

extension Double: Scalar {
    public static var typeName: String { "F64" }
}
