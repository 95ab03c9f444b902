// Elementwise kernels, included once for float and once for double.
//
// Each element function is code without branches, so that the compiler makes vector code of the loops around it; a
// choice is a select. The compiler may contract products and sums into FMA where the processor has it.

INLINE BITS NAME(bits_of)(REAL x) {
    BITS bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

INLINE REAL NAME(real_of)(BITS bits) {
    REAL x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/// 2^(n + k) for integers whose sum is an exponent of a normal number; n is given as n + ROUNDER.
INLINE REAL NAME(power_of_two)(REAL shifted, BITS k) {
    BITS n = NAME(bits_of)(shifted) - NAME(bits_of)(ROUNDER);
    return NAME(real_of)((n + k + EXPONENT_BIAS) << MANTISSA_BITS);
}

/// e^x = 2^n e^r with |r| ≤ ½ ln 2. The power of two is applied in two halves, so that overflow and subnormal
/// results are those of the multiplication.
INLINE REAL NAME(element_exp)(REAL x) {
    x = x > EXP_MAX ? EXP_MAX : x;
    x = x < EXP_MIN ? EXP_MIN : x;
    REAL n = (x * LOG2_E + ROUNDER) - ROUNDER;
    REAL high = x - n * LN2_HIGH;
    REAL low = n * LN2_LOW;
    REAL r = high - low;
    REAL rounding = (high - r) - low;
    REAL power = 1 + (r + (r * r * EXP_TAIL(r) + rounding));
    REAL half = (n * (REAL)0.5 + ROUNDER) - ROUNDER;
    return power * NAME(power_of_two)(half + ROUNDER, 0) * NAME(power_of_two)((n - half) + ROUNDER, 0);
}

/// With a = |x| = n · ½ ln 2 + r and c = r coth r, which is even in r and near 1, e^2a is 2^n (c + r) / (c − r), so
///
///     tanh a = 1 − (c − r) / (½ (2^n + 1) c + ½ (2^n − 1) r)
///
/// with fewer terms for c than for e^r, and one division. Below COTH_MAX, where the difference would lose digits,
/// n is 0 and tanh a = a / c.
INLINE REAL NAME(element_tanh)(REAL x) {
    REAL a = MAGNITUDE(x);
    a = a > TANH_MAX ? TANH_MAX : a;
    _Bool is_small = a < COTH_MAX;
    REAL shifted = (is_small ? 0 : a) * (2 * LOG2_E) + ROUNDER;
    REAL r = a - (shifted - ROUNDER) * (LN2 / 2);
    REAL half_power = NAME(power_of_two)(shifted, -1);
    REAL less = half_power - (REAL)0.5, more = half_power + (REAL)0.5;
    REAL square = r * r;
    REAL tail = square * COTH_TAIL(square);
    REAL denominator = more + (less * r + more * tail);
    REAL quotient = (is_small ? a : (r - tail) - 1) / denominator;
    return COPY_SIGN(is_small ? quotient : 1 + quotient, x);
}

/// 1 / (1 + e^-x) for x ≥ 0 and e^x / (1 + e^x) for x < 0, so that neither end loses digits. `lost` is the rounding
/// error of the denominator; a rough 1/denominator is enough to correct for it.
INLINE REAL NAME(element_sigmoid)(REAL x) {
    REAL power = NAME(element_exp)(-MAGNITUDE(x));
    REAL denominator = 1 + power;
    REAL lost = power - (denominator - 1);
    REAL result = (x < 0 ? power : 1) / denominator;
    return result - result * lost * ((REAL)1.4571 - (REAL)0.4857 * denominator);
}

/// The sigmoid of a gate, within 3 ulp, by the terms of tanh, whose constants it shares: with |x| = 2a, and n, r and c as
/// there,
///
///     σ(−|x|) = 2^-n (c − r) / (2^-n (c − r) + c + r)        σ(|x|) = (c + r) / (2^-n (c − r) + c + r)
///
/// with one division, and neither end loses digits. Beyond GATE_MAX it is what it is there: 1, or next to nothing.
INLINE REAL NAME(element_gate)(REAL x) {
    REAL a = MAGNITUDE(x);
    a = a > GATE_MAX ? GATE_MAX : a;
    REAL shifted = ROUNDER - a * LOG2_E, n = ROUNDER - shifted;
    REAL r = (REAL)0.5 * ((a - n * LN2_HIGH) - n * LN2_LOW);
    REAL square = r * r;
    REAL tail = square * COTH_TAIL(square);
    REAL less = NAME(power_of_two)(shifted, 0) * (1 + (tail - r)), more = 1 + (tail + r);
    return (x < 0 ? less : more) / (less + more);
}

INLINE REAL NAME(element_relu)(REAL x) {
    return x > 0 || x != x ? x : 0;
}

#define ELEMENTWISE(function)                                                                      \
    MULTIVERSIONED void NAME(vector_##function)(REAL *x, size_t count) {                           \
        IN_LANES for (size_t i = 0; i < count; i++) x[i] = NAME(element_##function)(x[i]);         \
    }
ELEMENTWISE(exp)
ELEMENTWISE(tanh)
ELEMENTWISE(sigmoid)
ELEMENTWISE(relu)
#undef ELEMENTWISE

// First the whole registers of all rows, then the rest of each row, which would otherwise interrupt every row.
#define BIASED(function)                                                                           \
    MULTIVERSIONED void NAME(rows_##function)(REAL *restrict x, size_t rows, size_t columns,       \
                                              const REAL *restrict bias) {                         \
        size_t whole = columns - columns % LANES;                                                  \
        for (size_t r = 0; r < rows; r++)                                                          \
            for (size_t c = 0; c < whole; c += LANES)                                              \
                IN_LANES for (size_t i = c; i < c + LANES; i++)                                    \
                    x[r * columns + i] = NAME(element_##function)(x[r * columns + i] + bias[i]);   \
        for (size_t r = 0; r < rows; r++)                                                          \
            for (size_t c = whole; c < columns; c++)                                               \
                x[r * columns + c] = NAME(element_##function)(x[r * columns + c] + bias[c]);       \
    }
BIASED(tanh)
BIASED(sigmoid)
BIASED(relu)
#undef BIASED

#define BACKWARD(function, derivative)                                                             \
    MULTIVERSIONED void NAME(vector_##function##_backward)(REAL *restrict delta,                   \
                                                           const REAL *restrict s, size_t count) { \
        IN_LANES for (size_t i = 0; i < count; i++) delta[i] *= derivative;                        \
    }
// (1 − s)(1 + s) keeps the digits that 1 − s² loses when s is near ±1.
BACKWARD(tanh, (1 - s[i]) * (1 + s[i]))
BACKWARD(sigmoid, s[i] * (1 - s[i]))
BACKWARD(relu, (s[i] > 0 ? (REAL)1 : (REAL)0))
#undef BACKWARD

MULTIVERSIONED void NAME(vector_multiply)(REAL *restrict x, const REAL *restrict a,
                                          const REAL *restrict b, size_t count) {
    IN_LANES for (size_t i = 0; i < count; i++) x[i] = a[i] * b[i];
}

MULTIVERSIONED void NAME(vector_multiply_add)(REAL *restrict x, const REAL *restrict a,
                                              const REAL *restrict b, size_t count) {
    IN_LANES for (size_t i = 0; i < count; i++) x[i] += a[i] * b[i];
}

// Number i + 1 of the SplitMix64 sequence with seed `key` decides on element i.
MULTIVERSIONED void NAME(vector_dropout)(REAL *x, size_t count, uint64_t key, uint64_t threshold,
                                         REAL scale) {
    IN_LANES for (size_t i = 0; i < count; i++) {
        uint64_t word = key + (uint64_t)(i + 1) * 0x9E3779B97F4A7C15u;
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EBu;
        word ^= word >> 31;
        x[i] = (word >> 11) < threshold ? 0 : x[i] * scale;
    }
}

MULTIVERSIONED void NAME(vector_clamp)(REAL *x, size_t count, REAL limit) {
    for (size_t i = 0; i < count; i++) {
        REAL bounded = x[i] > limit ? limit : x[i];
        x[i] = bounded < -limit ? -limit : bounded;
    }
}

// x − x is 0 for a finite x and NaN otherwise, and a sum with NaN is NaN.
MULTIVERSIONED _Bool NAME(vector_is_finite)(const REAL *x, size_t count) {
    REAL sum[8] = {0};
    size_t whole = count & ~(size_t)7;
    for (size_t i = 0; i < whole; i += 8)
        for (size_t j = 0; j < 8; j++) sum[j] += x[i + j] - x[i + j];
    for (size_t i = whole; i < count; i++) sum[0] += x[i] - x[i];
    for (size_t j = 1; j < 8; j++) sum[0] += sum[j];
    return sum[0] == 0;
}

// In 32 lanes, so that no comparison waits for the one before.
MULTIVERSIONED REAL NAME(vector_largest_magnitude)(const REAL *x, size_t count) {
    REAL largest[32] = {0};
    size_t whole = count & ~(size_t)31;
    for (size_t i = 0; i < whole; i += 32)
        for (size_t j = 0; j < 32; j++)
            largest[j] = MAGNITUDE(x[i + j]) > largest[j] ? MAGNITUDE(x[i + j]) : largest[j];
    for (size_t i = whole; i < count; i++)
        largest[0] = MAGNITUDE(x[i]) > largest[0] ? MAGNITUDE(x[i]) : largest[0];
    for (size_t half = 16; half > 0; half /= 2)
        for (size_t j = 0; j < half; j++)
            largest[j] = largest[j + half] > largest[j] ? largest[j + half] : largest[j];
    return largest[0];
}

// In double, in which the squares of all but the largest and smallest doubles are neither infinite nor subnormal.
MULTIVERSIONED double NAME(vector_sum_of_squares)(const REAL *x, size_t count) {
    double sum[16] = {0};
    size_t whole = count & ~(size_t)15;
    for (size_t i = 0; i < whole; i += 16)
        for (size_t j = 0; j < 16; j++) sum[j] += (double)x[i + j] * (double)x[i + j];
    for (size_t i = whole; i < count; i++) sum[i - whole] += (double)x[i] * (double)x[i];
    for (size_t half = 8; half > 0; half /= 2)
        for (size_t j = 0; j < half; j++) sum[j] += sum[j + half];
    return sum[0];
}

MULTIVERSIONED size_t NAME(vector_count_outside)(const REAL *x, size_t count, REAL low, REAL high) {
    size_t found = 0;
    IN_LANES for (size_t i = 0; i < count; i++) found += x[i] < low || x[i] > high;
    return found;
}
