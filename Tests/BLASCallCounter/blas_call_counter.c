#define _GNU_SOURCE
#include "BLASCallCounter.h"

#include <dlfcn.h>

// The prototypes fit every CBLAS with 32-bit dimensions. Its header is not included, since vendors name the types of
// options and dimensions differently; all are an int.

static _Thread_local int calls[BLAS_ROUTINES];

int blas_calls(enum blas_routine routine) { return calls[routine]; }

void blas_calls_reset(void) {
    for (int i = 0; i < BLAS_ROUTINES; i++) calls[i] = 0;
}

// Counts the call, finds the library's function and calls it.
#define FORWARD(name, routine, result, parameters, arguments)                                      \
    result name parameters {                                                                       \
        static result(*library) parameters;                                                        \
        if (!library) library = (result(*) parameters)dlsym(RTLD_NEXT, #name);                     \
        calls[routine]++;                                                                          \
        return library arguments;                                                                  \
    }

#define COUNTED(letter, REAL)                                                                      \
    FORWARD(cblas_##letter##gemm, BLAS_GEMM, void,                                                 \
            (int order, int ta, int tb, int m, int n, int k, REAL alpha, const REAL *a, int lda,   \
             const REAL *b, int ldb, REAL beta, REAL *c, int ldc),                                 \
            (order, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc))                         \
    FORWARD(cblas_##letter##gemv, BLAS_GEMV, void,                                                 \
            (int order, int ta, int m, int n, REAL alpha, const REAL *a, int lda, const REAL *x,   \
             int incx, REAL beta, REAL *y, int incy),                                              \
            (order, ta, m, n, alpha, a, lda, x, incx, beta, y, incy))                              \
    FORWARD(cblas_##letter##ger, BLAS_GER, void,                                                   \
            (int order, int m, int n, REAL alpha, const REAL *x, int incx, const REAL *y,          \
             int incy, REAL *a, int lda),                                                          \
            (order, m, n, alpha, x, incx, y, incy, a, lda))                                        \
    FORWARD(cblas_##letter##axpy, BLAS_AXPY, void,                                                 \
            (int n, REAL alpha, const REAL *x, int incx, REAL *y, int incy),                       \
            (n, alpha, x, incx, y, incy))                                                          \
    FORWARD(cblas_##letter##dot, BLAS_DOT, REAL,                                                   \
            (int n, const REAL *x, int incx, const REAL *y, int incy), (n, x, incx, y, incy))      \
    FORWARD(cblas_##letter##nrm2, BLAS_NRM2, REAL, (int n, const REAL *x, int incx), (n, x, incx)) \
    FORWARD(cblas_##letter##scal, BLAS_SCAL, void,                                                 \
            (int n, REAL alpha, REAL *x, int incx), (n, alpha, x, incx))

COUNTED(d, double)
COUNTED(s, float)
