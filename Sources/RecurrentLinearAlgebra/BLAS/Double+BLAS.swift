internal import CRecurrentBLAS

extension Double: _BLASScalar {
    public static func _gemm(
        _ transposeA: Bool, _ transposeB: Bool, _ m: Int32, _ n: Int32, _ k: Int32,
        _ alpha: Double, _ a: UnsafePointer<Double>, _ lda: Int32,
        _ b: UnsafePointer<Double>, _ ldb: Int32,
        _ beta: Double, _ c: UnsafeMutablePointer<Double>, _ ldc: Int32
    ) {
        unsafe cblas_dgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
            transposeB ? CblasTrans : CblasNoTrans, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
    }

    public static func _gemv(
        _ transpose: Bool, _ m: Int32, _ n: Int32,
        _ alpha: Double, _ a: UnsafePointer<Double>, _ lda: Int32,
        _ x: UnsafePointer<Double>, _ incx: Int32,
        _ beta: Double, _ y: UnsafeMutablePointer<Double>, _ incy: Int32
    ) {
        unsafe cblas_dgemv(
            CblasRowMajor, transpose ? CblasTrans : CblasNoTrans, m, n, alpha, a, lda, x, incx,
            beta, y, incy)
    }

    public static func _ger(
        _ m: Int32, _ n: Int32, _ alpha: Double,
        _ x: UnsafePointer<Double>, _ incx: Int32, _ y: UnsafePointer<Double>, _ incy: Int32,
        _ a: UnsafeMutablePointer<Double>, _ lda: Int32
    ) {
        unsafe cblas_dger(CblasRowMajor, m, n, alpha, x, incx, y, incy, a, lda)
    }

    public static func _axpy(
        _ n: Int32, _ alpha: Double, _ x: UnsafePointer<Double>, _ incx: Int32,
        _ y: UnsafeMutablePointer<Double>, _ incy: Int32
    ) {
        unsafe cblas_daxpy(n, alpha, x, incx, y, incy)
    }

    public static func _dot(
        _ n: Int32, _ x: UnsafePointer<Double>, _ incx: Int32,
        _ y: UnsafePointer<Double>, _ incy: Int32
    ) -> Double {
        unsafe cblas_ddot(n, x, incx, y, incy)
    }

    public static func _nrm2(_ n: Int32, _ x: UnsafePointer<Double>, _ incx: Int32) -> Double {
        unsafe cblas_dnrm2(n, x, incx)
    }

    public static func _scal(
        _ n: Int32, _ alpha: Double, _ x: UnsafeMutablePointer<Double>, _ incx: Int32
    ) {
        unsafe cblas_dscal(n, alpha, x, incx)
    }
}
