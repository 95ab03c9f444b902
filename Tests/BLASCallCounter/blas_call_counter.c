#define _GNU_SOURCE
#include "BLASCallCounter.h"

#include <cblas.h>
#include <dlfcn.h>

static _Thread_local int calls[BLAS_ROUTINES];

int blas_calls(enum blas_routine routine) { return calls[routine]; }

void blas_calls_reset(void) {
    for (int i = 0; i < BLAS_ROUTINES; i++) calls[i] = 0;
}

// Counts, finds the library's function and calls it.
#define FORWARD(name, routine, result, parameters, arguments)                                      \
    result name parameters {                                                                       \
        static result(*library) parameters;                                                        \
        if (!library) library = (result(*) parameters)dlsym(RTLD_NEXT, #name);                     \
        calls[routine]++;                                                                          \
        return library arguments;                                                                  \
    }

#define COUNTED(letter, REAL)                                                                      \
    FORWARD(cblas_##letter##gemm, BLAS_GEMM, void,                                                 \
            (const enum CBLAS_ORDER order, const enum CBLAS_TRANSPOSE ta,                          \
             const enum CBLAS_TRANSPOSE tb, const blasint m, const blasint n, const blasint k,     \
             const REAL alpha, const REAL *a, const blasint lda, const REAL *b, const blasint ldb, \
             const REAL beta, REAL *c, const blasint ldc),                                         \
            (order, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc))                         \
    FORWARD(cblas_##letter##gemv, BLAS_GEMV, void,                                                 \
            (const enum CBLAS_ORDER order, const enum CBLAS_TRANSPOSE ta, const blasint m,         \
             const blasint n, const REAL alpha, const REAL *a, const blasint lda, const REAL *x,   \
             const blasint incx, const REAL beta, REAL *y, const blasint incy),                    \
            (order, ta, m, n, alpha, a, lda, x, incx, beta, y, incy))                              \
    FORWARD(cblas_##letter##ger, BLAS_GER, void,                                                   \
            (const enum CBLAS_ORDER order, const blasint m, const blasint n, const REAL alpha,     \
             const REAL *x, const blasint incx, const REAL *y, const blasint incy, REAL *a,        \
             const blasint lda),                                                                   \
            (order, m, n, alpha, x, incx, y, incy, a, lda))                                        \
    FORWARD(cblas_##letter##axpy, BLAS_AXPY, void,                                                 \
            (const blasint n, const REAL alpha, const REAL *x, const blasint incx, REAL *y,        \
             const blasint incy),                                                                  \
            (n, alpha, x, incx, y, incy))                                                          \
    FORWARD(cblas_##letter##dot, BLAS_DOT, REAL,                                                   \
            (const blasint n, const REAL *x, const blasint incx, const REAL *y,                    \
             const blasint incy),                                                                  \
            (n, x, incx, y, incy))                                                                 \
    FORWARD(cblas_##letter##nrm2, BLAS_NRM2, REAL,                                                 \
            (const blasint n, const REAL *x, const blasint incx), (n, x, incx))                    \
    FORWARD(cblas_##letter##scal, BLAS_SCAL, void,                                                 \
            (const blasint n, const REAL alpha, REAL *x, const blasint incx), (n, alpha, x, incx))

COUNTED(d, double)
COUNTED(s, float)
