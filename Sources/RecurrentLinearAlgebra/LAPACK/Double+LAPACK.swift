internal import CRecurrentBLAS

extension Double: _LAPACKScalar {
    public static func _geqrf(
        _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Double>, _ lda: Int32,
        _ tau: UnsafeMutablePointer<Double>
    ) -> Int32 {
        unsafe LAPACKE_dgeqrf(LAPACK_ROW_MAJOR, m, n, a, lda, tau)
    }

    public static func _orgqr(
        _ m: Int32, _ n: Int32, _ k: Int32, _ a: UnsafeMutablePointer<Double>, _ lda: Int32,
        _ tau: UnsafePointer<Double>
    ) -> Int32 {
        unsafe LAPACKE_dorgqr(LAPACK_ROW_MAJOR, m, n, k, a, lda, tau)
    }

    public static func _gesdd(
        _ m: Int32, _ n: Int32, _ a: UnsafeMutablePointer<Double>, _ lda: Int32,
        _ s: UnsafeMutablePointer<Double>, _ u: UnsafeMutablePointer<Double>, _ ldu: Int32,
        _ vt: UnsafeMutablePointer<Double>, _ ldvt: Int32
    ) -> Int32 {
        unsafe LAPACKE_dgesdd(
            LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "S")), m, n, a, lda, s, u, ldu, vt, ldvt)
    }

    public static func _geev(
        _ n: Int32, _ a: UnsafeMutablePointer<Double>, _ lda: Int32,
        _ real: UnsafeMutablePointer<Double>, _ imaginary: UnsafeMutablePointer<Double>
    ) -> Int32 {
        let none = CChar(UInt8(ascii: "N"))
        return unsafe LAPACKE_dgeev(
            LAPACK_ROW_MAJOR, none, none, n, a, lda, real, imaginary, nil, 1, nil, 1)
    }

    public static func _gelsd(
        _ m: Int32, _ n: Int32, _ columns: Int32, _ a: UnsafeMutablePointer<Double>, _ lda: Int32,
        _ b: UnsafeMutablePointer<Double>, _ ldb: Int32, _ s: UnsafeMutablePointer<Double>,
        _ smallest: Double, _ rank: UnsafeMutablePointer<Int32>
    ) -> Int32 {
        unsafe LAPACKE_dgelsd(
            LAPACK_ROW_MAJOR, m, n, columns, a, lda, b, ldb, s, smallest, rank)
    }
}
