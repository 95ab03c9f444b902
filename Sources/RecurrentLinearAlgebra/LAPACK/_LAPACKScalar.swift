/// The LAPACK routines of one number type, for row-major matrices, as LAPACKE offers them. `ld…` is the distance
/// from one row to the next in elements. Each function overwrites A and returns LAPACK's `info`: 0 for success.
/// Nothing is checked; `Matrix+Factorisations.swift` and `LeastSquares.swift` are the checked callers.
public protocol _LAPACKScalar {
    /// A = Q R, with A m × n: R takes the place of A on and above the diagonal, the reflectors that make Q below
    /// it. `tau` gets their min(m, n) factors.
    static func _geqrf(
        _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32,
        _ tau: UnsafeMutablePointer<Self>
    ) -> Int32

    /// A ← the first n columns of Q = H₁ H₂ … H_k, with the k reflectors that `_geqrf` left in A and `tau`.
    static func _orgqr(
        _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32,
        _ tau: UnsafePointer<Self>
    ) -> Int32

    /// A = U diag(s) Vᵀ, with A m × n, k = min(m, n), U m × k and Vᵀ k × n; s is in descending order.
    static func _gesdd(
        _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32,
        _ s: UnsafeMutablePointer<Self>, _ u: UnsafeMutablePointer<Self>, _ ldu: Int32,
        _ vt: UnsafeMutablePointer<Self>, _ ldvt: Int32
    ) -> Int32

    /// A v = λ v: the n eigenvalues λ of A, n × n, as real and imaginary parts.
    static func _geev(
        _ n: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32,
        _ real: UnsafeMutablePointer<Self>, _ imaginary: UnsafeMutablePointer<Self>
    ) -> Int32

    /// B ← the X of least norm among those that minimise ‖B − A X‖, with A m × n. B has max(m, n) rows. `s` gets
    /// the singular values of A; those up to `smallest` · s₁ count as zero, and `rank` is the number of the others.
    static func _gelsd(
        _ m: Int32, _ n: Int32, _ columns: Int32, _ a: UnsafeMutablePointer<Self>, _ lda: Int32,
        _ b: UnsafeMutablePointer<Self>, _ ldb: Int32, _ s: UnsafeMutablePointer<Self>,
        _ smallest: Self, _ rank: UnsafeMutablePointer<Int32>
    ) -> Int32
}
