/// The BLAS routines of one number type, for row-major matrices. `Products.swift` and
/// `VectorOperations.swift` are the checked faces; call those.
public protocol BLASScalar: BinaryFloatingPoint, Sendable {
    /// C ← α op(A) op(B) + β C, op(A) being m × k and op(B) k × n.
    static func blasGemm(
        _ transposeA: Bool, _ transposeB: Bool, _ m: Int32, _ n: Int32, _ k: Int32,
        _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int32,
        _ b: UnsafePointer<Self>, _ ldb: Int32,
        _ beta: Self, _ c: UnsafeMutablePointer<Self>, _ ldc: Int32)

    /// y ← α op(A) x + β y, A as stored being m × n.
    static func blasGemv(
        _ transpose: Bool, _ m: Int32, _ n: Int32,
        _ alpha: Self, _ a: UnsafePointer<Self>, _ lda: Int32,
        _ x: UnsafePointer<Self>, _ incx: Int32,
        _ beta: Self, _ y: UnsafeMutablePointer<Self>, _ incy: Int32)

    /// A ← A + α x yᵀ, A being m × n.
    static func blasGer(
        _ m: Int32, _ n: Int32, _ alpha: Self,
        _ x: UnsafePointer<Self>, _ incx: Int32, _ y: UnsafePointer<Self>, _ incy: Int32,
        _ a: UnsafeMutablePointer<Self>, _ lda: Int32)

    /// y ← α x + y
    static func blasAxpy(
        _ n: Int32, _ alpha: Self, _ x: UnsafePointer<Self>, _ incx: Int32,
        _ y: UnsafeMutablePointer<Self>, _ incy: Int32)

    /// xᵀ y
    static func blasDot(
        _ n: Int32, _ x: UnsafePointer<Self>, _ incx: Int32, _ y: UnsafePointer<Self>, _ incy: Int32
    ) -> Self

    /// ‖x‖₂
    static func blasNrm2(_ n: Int32, _ x: UnsafePointer<Self>, _ incx: Int32) -> Self

    /// x ← α x
    static func blasScal(_ n: Int32, _ alpha: Self, _ x: UnsafeMutablePointer<Self>, _ incx: Int32)
}
