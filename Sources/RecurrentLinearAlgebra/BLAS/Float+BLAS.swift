internal import CRecurrentBLAS

extension Float: _BLASScalar {
    public static func _gemm(
        _ transposeA: Bool, _ transposeB: Bool, _ m: Int32, _ n: Int32, _ k: Int32,
        _ alpha: Float, _ a: UnsafePointer<Float>, _ lda: Int32,
        _ b: UnsafePointer<Float>, _ ldb: Int32,
        _ beta: Float, _ c: UnsafeMutablePointer<Float>, _ ldc: Int32
    ) {
        unsafe cblas_sgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
            transposeB ? CblasTrans : CblasNoTrans, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
    }

    public static func _gemv(
        _ transpose: Bool, _ m: Int32, _ n: Int32,
        _ alpha: Float, _ a: UnsafePointer<Float>, _ lda: Int32,
        _ x: UnsafePointer<Float>, _ incx: Int32,
        _ beta: Float, _ y: UnsafeMutablePointer<Float>, _ incy: Int32
    ) {
        unsafe cblas_sgemv(
            CblasRowMajor, transpose ? CblasTrans : CblasNoTrans, m, n, alpha, a, lda, x, incx,
            beta, y, incy)
    }

    public static func _ger(
        _ m: Int32, _ n: Int32, _ alpha: Float,
        _ x: UnsafePointer<Float>, _ incx: Int32, _ y: UnsafePointer<Float>, _ incy: Int32,
        _ a: UnsafeMutablePointer<Float>, _ lda: Int32
    ) {
        unsafe cblas_sger(CblasRowMajor, m, n, alpha, x, incx, y, incy, a, lda)
    }

    public static func _axpy(
        _ n: Int32, _ alpha: Float, _ x: UnsafePointer<Float>, _ incx: Int32,
        _ y: UnsafeMutablePointer<Float>, _ incy: Int32
    ) {
        unsafe cblas_saxpy(n, alpha, x, incx, y, incy)
    }

    public static func _dot(
        _ n: Int32, _ x: UnsafePointer<Float>, _ incx: Int32,
        _ y: UnsafePointer<Float>, _ incy: Int32
    ) -> Float {
        unsafe cblas_sdot(n, x, incx, y, incy)
    }

    public static func _nrm2(_ n: Int32, _ x: UnsafePointer<Float>, _ incx: Int32) -> Float {
        unsafe cblas_snrm2(n, x, incx)
    }

    public static func _scal(
        _ n: Int32, _ alpha: Float, _ x: UnsafeMutablePointer<Float>, _ incx: Int32
    ) {
        unsafe cblas_sscal(n, alpha, x, incx)
    }
}
