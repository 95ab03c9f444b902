/// The LAPACK routines of one number type, for row-major matrices, as LAPACKE offers them: each
/// returns LAPACK's `info`. `Factorisations.swift` and its neighbours are the checked faces.
public protocol LAPACKScalar {
    /// A = Q R; R above the diagonal, reflectors below.
    static func lapackGeqrf(
        _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32,
        _ tau: UnsafeMutablePointer<Self>
    ) -> Int32

    /// The first n columns of Q from k reflectors.
    static func lapackOrgqr(
        _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32,
        _ tau: UnsafePointer<Self>
    ) -> Int32

    /// A = U diag(s) Vᵀ, the thin form.
    static func lapackGesdd(
        _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32,
        _ s: UnsafeMutablePointer<Self>, _ u: UnsafeMutablePointer<Self>, _ ldu: Int32,
        _ vt: UnsafeMutablePointer<Self>, _ ldvt: Int32
    ) -> Int32

    /// The eigenvalues of A, real and imaginary parts.
    static func lapackGeev(
        _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32,
        _ real: UnsafeMutablePointer<Self>, _ imaginary: UnsafeMutablePointer<Self>
    ) -> Int32

    /// The X of least norm among those that minimise ‖B − A X‖; B is max(m, n) rows.
    static func lapackGelsd(
        _ m: Int32, _ n: Int32, _ columns: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32,
        _ b: UnsafeMutablePointer<Self>, _ ldb: Int32, _ s: UnsafeMutablePointer<Self>,
        _ smallest: Self, _ rank: UnsafeMutablePointer<Int32>
    ) -> Int32
}
