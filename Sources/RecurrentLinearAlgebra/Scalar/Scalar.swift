/// A number type that the engine computes in: `Float` or `Double`.
///
/// The four protocols it combines are the faces of the C ground: BLAS, LAPACK, the vectorised
/// elementwise functions and the optimisers, one static function a routine. `Double+BLAS.swift` and
/// `Float+BLAS.swift` are the same file but for the type, and so are their neighbours. Generic code
/// reaches C through them with one call for a whole product or array, never for an element.
public protocol Scalar:
    BLASScalar, LAPACKScalar, VectorMathScalar, OptimiserScalar, LosslessStringConvertible
{
    /// How safetensors and the benchmark name the type: "F32" or "F64".
    static var typeName: String { get }
}

extension Float: Scalar {
    public static var typeName: String { "F32" }
}

extension Double: Scalar {
    public static var typeName: String { "F64" }
}
