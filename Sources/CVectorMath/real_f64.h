// What the kernels need to know about double. `real_f32.h` is the same list for float.
#define REAL double
#define BITS int64_t
#define NAME(function) function##_f64
#define LANES 8

#define MAGNITUDE fabs
#define COPY_SIGN copysign

#define MANTISSA_BITS 52
#define EXPONENT_BIAS 1023
// 1.5 · 2^52: adding it rounds a number to an integer and leaves that integer in the low bits.
#define ROUNDER 0x1.8p52

// exp overflows above EXP_MAX and is zero below EXP_MIN; tanh is ±1 to the last bit beyond TANH_MAX.
#define EXP_MAX 710.0
#define EXP_MIN -746.0
#define TANH_MAX 20.0

#define LOG2_E 1.4426950408889634074
// ln 2 in two parts; the first has enough trailing zeros for n · LN2_HIGH to be exact.
#define LN2_HIGH 6.93147180369123816490e-01
#define LN2_LOW 1.90821492927058770002e-10

// (e^r − 1 − r) / r² on |r| ≤ ½ ln 2; minimax, relative error of e^r below 2^-57.9.
#define EXP_TAIL(r)                                                                                \
    (0.5000000000000010627461 +                                                                    \
     r * (0.1666666666666641251371512 +                                                            \
          r * (0.04166666666653015711931504 +                                                      \
               r * (0.008333333333494470812255825 +                                                \
                    r * (0.001388888894363036033510201 +                                           \
                         r * (0.0001984126950655535596599537 +                                     \
                              r * (0.00002480149309873335368554437 +                               \
                                   r * (0.000002755758639674158080202349 +                         \
                                        r * (0.0000002763024842243285104737007 +                   \
                                             r * 2.500005387888623251310125e-8)))))))))
