// The constants of float. `real_f64.h` explains each line.
#define REAL float
#define BITS int32_t
#define NAME(function) recurrent_##function##_f32
#define LANES 16
#define LOWER_HALVES 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define UPPER_HALVES 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31

#define SUMS_IN_CHUNKS 1

#define MAGNITUDE fabsf
#define COPY_SIGN copysignf

#define MANTISSA_BITS 23
#define EXPONENT_BIAS 127
#define ROUNDER 0x1.8p23f

#define EXP_MAX 89.0f
#define EXP_MIN -104.0f
#define TANH_MAX 10.0f
#define GATE_MAX 87.0f

#define LOG2_E 1.44269504089f
#define LN2 0.693147180560f
#define LN2_HIGH 0.693359375f
#define LN2_LOW -2.12194440055e-4f

// Minimax, relative error of e^r below 2^-28.2.
#define EXP_TAIL(r)                                                                                \
    (0.49999993449713f +                                                                           \
     r * (0.16666520631545f +                                                                      \
          r * (0.041668387407262f + r * (0.008368716961336f + r * 0.0013814639130251f))))

// Minimax, error of r coth r below 2^-26.
#define COTH_MAX 0.55f
#define COTH_TAIL(w) (0.3333323260541f + w * (-0.0222018432642f + w * 0.0019984557713f))
