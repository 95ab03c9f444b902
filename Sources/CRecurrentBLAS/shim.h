// The ground of the house: BLAS with its C interface, and LAPACK with LAPACKE's.
#pragma once
#include <cblas.h>
#include <lapacke.h>
