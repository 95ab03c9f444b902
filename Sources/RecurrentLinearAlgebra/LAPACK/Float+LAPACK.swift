internal import CRecurrentBLAS

extension Float: _LAPACKScalar {
    public static func _geqrf(
        _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Float>, _ lda: Int32,
        _ tau: UnsafeMutablePointer<Float>
    ) -> Int32 {
        unsafe LAPACKE_sgeqrf(LAPACK_ROW_MAJOR, m, n, a, lda, tau)
    }

    public static func _orgqr(
        _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafeMutablePointer<Float>, _ lda: Int32,
        _ tau: UnsafePointer<Float>
    ) -> Int32 {
        unsafe LAPACKE_sorgqr(LAPACK_ROW_MAJOR, m, n, k, a, lda, tau)
    }

    public static func _gesdd(
        _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Float>, _ lda: Int32,
        _ s: UnsafeMutablePointer<Float>, _ u: UnsafeMutablePointer<Float>, _ ldu: Int32,
        _ vt: UnsafeMutablePointer<Float>, _ ldvt: Int32
    ) -> Int32 {
        unsafe LAPACKE_sgesdd(
            LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "S")), m, n, a, lda, s, u, ldu, vt, ldvt)
    }

    public static func _geev(
        _ n: Int32, _ a: UnsafeMutablePointer<Float>, _ lda: Int32,
        _ real: UnsafeMutablePointer<Float>, _ imaginary: UnsafeMutablePointer<Float>
    ) -> Int32 {
        let none = CChar(UInt8(ascii: "N"))
        return unsafe LAPACKE_sgeev(
            LAPACK_ROW_MAJOR, none, none, n, a, lda, real, imaginary, nil, 1, nil, 1)
    }

    public static func _gelsd(
        _ m: Int32, _ n: Int32, _ columns: Int32, _ a: UnsafeMutablePointer<Float>, _ lda: Int32,
        _ b: UnsafeMutablePointer<Float>, _ ldb: Int32, _ s: UnsafeMutablePointer<Float>,
        _ smallest: Float, _ rank: UnsafeMutablePointer<Int32>
    ) -> Int32 {
        unsafe LAPACKE_sgelsd(
            LAPACK_ROW_MAJOR, m, n, columns, a, lda, b, ldb, s, smallest, rank)
    }
}
