/// The BLAS routines of one number type, for row-major matrices. `ld…` is the distance from one row to the next
/// and `inc…` from one element to the next, both in elements; op(A) is A or Aᵀ. Nothing is checked;
/// `Products.swift` and `VectorOperations.swift` are the checked callers.
public protocol _BLASScalar: BinaryFloatingPoint, Sendable {
    /// C ← α op(A) op(B) + β C, with op(A) m × k, op(B) k × n and C m × n.
    static func _gemm(
        _ transposeA: Bool, _ transposeB: Bool, _ m: Int32, _ n: Int32, _ k: Int32,
        _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int32,
        _ b: UnsafePointer<Self>, _ ldb: Int32,
        _ beta: Self, _ c: UnsafeMutablePointer<Self>, _ ldc: Int32)

    /// y ← α op(A) x + β y, with A stored as m × n.
    static func _gemv(
        _ transpose: Bool, _ m: Int32, _ n: Int32,
        _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int32,
        _ x: UnsafePointer<Self>, _ incx: Int32,
        _ beta: Self, _ y: UnsafeMutablePointer<Self>, _ incy: Int32)

    /// A ← A + α x yᵀ, with A m × n.
    static func _ger(
        _ m: Int32, _ n: Int32, _ alpha: Self,
        _ x: UnsafePointer<Self>, _ incx: Int32, _ y: UnsafePointer<Self>, _ incy: Int32,
        _ a: UnsafeMutablePointer<Self>, _ lda: Int32)

    /// y ← α x + y, for vectors of n elements.
    static func _axpy(
        _ n: Int32, _ alpha: Self, _ x: UnsafePointer<Self>, _ incx: Int32,
        _ y: UnsafeMutablePointer<Self>, _ incy: Int32)

    /// xᵀ y, for vectors of n elements.
    static func _dot(
        _ n: Int32, _ x: UnsafePointer<Self>, _ incx: Int32, _ y: UnsafePointer<Self>, _ incy: Int32
    ) -> Self

    /// ‖x‖₂ = √(Σ x²), without overflow or underflow on the way.
    static func _nrm2(_ n: Int32, _ x: UnsafePointer<Self>, _ incx: Int32) -> Self

    /// x ← α x, for a vector of n elements.
    static func _scal(_ n: Int32, _ alpha: Self, _ x: UnsafeMutablePointer<Self>, _ incx: Int32)
}
