#include "CVectorMath.h"

#include <math.h>

const char *vector_unit(void) {
    return "none";
}

double vector_exp_f64(double x) {
    return exp(x);
}
