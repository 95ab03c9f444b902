// What the kernels need to know about float. `real_f64.h` explains each line.
#define REAL float
#define BITS int32_t
#define NAME(function) function##_f32
#define LANES 16

#define MAGNITUDE fabsf
#define COPY_SIGN copysignf

#define MANTISSA_BITS 23
#define EXPONENT_BIAS 127
#define ROUNDER 0x1.8p23f

#define EXP_MAX 89.0f
#define EXP_MIN -104.0f
#define TANH_MAX 10.0f

#define LOG2_E 1.44269504089f
#define LN2_HIGH 0.693359375f
#define LN2_LOW -2.12194440055e-4f

// Minimax, relative error of e^r below 2^-28.2.
#define EXP_TAIL(r)                                                                                \
    (0.49999993449713f +                                                                           \
     r * (0.16666520631545f +                                                                      \
          r * (0.041668387407262f + r * (0.008368716961336f + r * 0.0013814639130251f))))
