// Takes back what real_f64.h defined, so that the kernels can be included for the next type.
#undef REAL
#undef BITS
#undef NAME
#undef LANES
#undef MAGNITUDE
#undef COPY_SIGN
#undef MANTISSA_BITS
#undef EXPONENT_BIAS
#undef ROUNDER
#undef EXP_MAX
#undef EXP_MIN
#undef TANH_MAX
#undef LOG2_E
#undef LN2_HIGH
#undef LN2_LOW
#undef EXP_TAIL
