// BLAS with its C interface, and LAPACK with that of LAPACKE.
#pragma once
#include <cblas.h>
#include <lapacke.h>
