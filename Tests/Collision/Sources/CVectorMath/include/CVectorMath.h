#pragma once

const char *vector_unit(void);
double vector_exp_f64(double x);
