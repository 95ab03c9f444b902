// The constants of double. `real_f32.h` is the same list for float.
#define REAL double
#define BITS int64_t
#define NAME(function) recurrent_##function##_f64
#define LANES 8
// The interleaved first halves of two registers, and their interleaved second halves.
#define LOWER_HALVES 0, 8, 1, 9, 2, 10, 3, 11
#define UPPER_HALVES 4, 12, 5, 13, 6, 14, 7, 15

// Rows are added up one after the other: a double has digits to spare.
#define SUMS_IN_CHUNKS 0

#define MAGNITUDE fabs
#define COPY_SIGN copysign

#define MANTISSA_BITS 52
#define EXPONENT_BIAS 1023
// 1.5 · 2^52: adding it rounds a number to an integer and leaves that integer in the low bits.
#define ROUNDER 0x1.8p52

// exp overflows above EXP_MAX and is zero below EXP_MIN; tanh is ±1 to the last bit beyond TANH_MAX; e^-GATE_MAX is
// about the smallest normal number.
#define EXP_MAX 710.0
#define EXP_MIN -746.0
#define TANH_MAX 20.0
#define GATE_MAX 708.0

#define LOG2_E 1.4426950408889634074
#define LN2 0.69314718055994530942
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

// (r coth r − 1) / r² as a function of w = r²: minimax for |r| ≤ COTH_MAX, with an error of r coth r below 2^-61.
// Two short chains of products instead of a long one.
#define COTH_MAX 0.55
#define COTH_TAIL(w)                                                                               \
    ((0.3333333333333332184962522 + w * -0.0222222222222098795220194) +                            \
     w * w * (0.002116402115948498522112522 + w * -0.0002116402035716062665121857) +               \
     w * w * (w * w) *                                                                             \
         ((0.0000213777196484546140973543 + w * -0.000002163946570971212253249132) +               \
          w * w * (0.0000002177229588336516312835234 + w * -1.940437240393438651917181e-8)))
