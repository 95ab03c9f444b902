// Counts the CBLAS calls of a thread. A test executable that links this has its own cblas_… functions, which the program
// finds before those of the library; each counts the call and passes it on.
#pragma once

enum blas_routine { BLAS_GEMM, BLAS_GEMV, BLAS_GER, BLAS_AXPY, BLAS_DOT, BLAS_NRM2, BLAS_SCAL, BLAS_ROUTINES };

/// The number of calls of a routine, in either precision, by this thread since the last reset.
int blas_calls(enum blas_routine routine);

/// Sets the counts of this thread to zero.
void blas_calls_reset(void);
