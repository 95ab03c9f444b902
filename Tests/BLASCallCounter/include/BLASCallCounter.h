// Counts the CBLAS calls of a thread. A test executable that links this has its own cblas_…
// functions, which the program finds before the library's; each counts and calls the library's.
#pragma once

enum blas_routine { BLAS_GEMM, BLAS_GEMV, BLAS_GER, BLAS_AXPY, BLAS_DOT, BLAS_NRM2, BLAS_SCAL, BLAS_ROUTINES };

/// Calls of a routine, in either precision, made by this thread since the last reset.
int blas_calls(enum blas_routine routine);
void blas_calls_reset(void);
