// Losses against rows of values, in which each value may have a weight of its own; included once for float and once
// for double. A row of targets has `values` numbers; where a loss has several outputs for a value, `levels` of them
// stand side by side.
//
// A pointwise loss returns ℓ(y, d) and sets `slope` to ∂ℓ/∂y; `p` is its number: a threshold or a level.

INLINE REAL NAME(point_squared)(REAL y, REAL d, REAL p, REAL *slope) {
    (void)p;
    *slope = 2 * (y - d);
    return (y - d) * (y - d);
}

INLINE REAL NAME(point_absolute)(REAL y, REAL d, REAL p, REAL *slope) {
    (void)p;
    *slope = (REAL)((y > d) - (y < d));
    return MAGNITUDE(y - d);
}

INLINE REAL NAME(point_huber)(REAL y, REAL d, REAL p, REAL *slope) {
    REAL e = y - d;
    *slope = e > p ? p : e < -p ? -p : e;
    return MAGNITUDE(e) <= p ? e * e / 2 : p * (MAGNITUDE(e) - p / 2);
}

INLINE REAL NAME(point_quantile)(REAL y, REAL d, REAL p, REAL *slope) {
    *slope = y < d ? -p : y > d ? 1 - p : 0;
    return *slope * (y - d);
}

// y is the logarithm of the rate.
INLINE REAL NAME(point_poisson)(REAL y, REAL d, REAL p, REAL *slope) {
    (void)p;
    REAL rate = NAME(element_exp)(y);
    *slope = rate - d;
    return rate - d * y;
}

// y is a, the argument of the sigmoid.
INLINE REAL NAME(point_binary_cross_entropy)(REAL y, REAL d, REAL p, REAL *slope) {
    (void)p;
    *slope = NAME(element_sigmoid)(y)-d;
    return (REAL)((double)(y > 0 ? y : 0) - (double)y * (double)d + log1p(exp(-fabs((double)y))));
}

// Replaces y by scale · v ∂ℓ/∂a and returns Σ v ℓ, for y = a, sigmoid a or softmax a. A value of weight 0 is not read.
#define ROW(loss)                                                                                  \
    INLINE double NAME(values_##loss)(REAL *y, const REAL *d, const REAL *v, size_t values,           \
                                   size_t levels, int output, REAL scale, const REAL *p) {         \
        double error = 0;                                                                          \
        REAL inner = 0, slope;                                                                     \
        if (output == RECURRENT_OUTPUT_SOFTMAX)                                                    \
            for (size_t i = 0; i < values; i++)                                                    \
                for (size_t l = 0; l < levels && (!v || v[i] != 0); l++) {                         \
                    REAL at = y[i * levels + l];                                                   \
                    NAME(point_##loss)(at, d[i], p[l], &slope);                                    \
                    inner += (v ? v[i] : 1) * slope * at;                                          \
                }                                                                                  \
        for (size_t i = 0; i < values; i++) {                                                      \
            REAL weight = v ? v[i] : 1;                                                            \
            for (size_t l = 0; l < levels; l++) {                                                  \
                REAL at = y[i * levels + l];                                                       \
                slope = 0;                                                                         \
                if (weight != 0)                                                                   \
                    error += (double)weight * (double)NAME(point_##loss)(at, d[i], p[l], &slope);  \
                slope *= weight;                                                                   \
                if (output == RECURRENT_OUTPUT_SIGMOID) slope *= at * (1 - at);                    \
                if (output == RECURRENT_OUTPUT_SOFTMAX) slope = at * (slope - inner);              \
                y[i * levels + l] = scale * slope;                                                 \
            }                                                                                      \
        }                                                                                          \
        return error;                                                                              \
    }
ROW(squared)
ROW(absolute)
ROW(huber)
ROW(quantile)
ROW(poisson)
ROW(binary_cross_entropy)
#undef ROW

// ½ (s + (d − μ)² e^−s), with the means μ before the logarithms s of the variances.
INLINE double NAME(values_gaussian)(REAL *y, const REAL *d, const REAL *v, size_t values, REAL scale) {
    double error = 0;
    for (size_t i = 0; i < values; i++) {
        REAL weight = v ? v[i] : 1, log_variance = y[values + i];
        REAL precision = NAME(element_exp)(-log_variance);
        REAL distance = weight != 0 ? y[i] - d[i] : 0;
        REAL share = distance * distance * precision;
        if (weight != 0) error += (double)weight * (double)((log_variance + share) / 2);
        y[i] = weight != 0 ? scale * weight * distance * precision : 0;
        y[values + i] = weight != 0 ? scale * weight * (1 - share) / 2 : 0;
    }
    return error;
}

// Replaces a by softmax a and returns log Σ e^a − max a.
INLINE double NAME(softmax_and_log_sum)(REAL *a, size_t columns, REAL maximum) {
    for (size_t c = 0; c < columns; c++) a[c] = NAME(element_exp)(a[c] - maximum);
    REAL sum = 0;
    for (size_t c = 0; c < columns; c++) sum += a[c];
    for (size_t c = 0; c < columns; c++) a[c] /= sum;
    return log((double)sum);
}

// −Σ d log softmax a, for d ≥ 0.
INLINE double NAME(values_soft_cross_entropy)(REAL *a, const REAL *d, size_t columns, REAL scale) {
    REAL maximum = NAME(maximum)(a, columns), whole = 0;
    double at_targets = 0;
    for (size_t c = 0; c < columns; c++) {
        at_targets += (double)d[c] * (double)(a[c] - maximum);
        whole += d[c];
    }
    double log_sum = NAME(softmax_and_log_sum)(a, columns, maximum);
    for (size_t c = 0; c < columns; c++) a[c] = scale * (whole * a[c] - d[c]);
    return (double)whole * log_sum - at_targets;
}

INLINE double NAME(row_of_values)(int loss, int output, REAL *y, const REAL *d, const REAL *v,
                                  size_t values, size_t levels, REAL scale, const REAL *p) {
    switch (loss) {
    case RECURRENT_LOSS_SQUARED: return NAME(values_squared)(y, d, v, values, levels, output, scale, p);
    case RECURRENT_LOSS_ABSOLUTE: return NAME(values_absolute)(y, d, v, values, levels, output, scale, p);
    case RECURRENT_LOSS_HUBER: return NAME(values_huber)(y, d, v, values, levels, output, scale, p);
    case RECURRENT_LOSS_QUANTILE: return NAME(values_quantile)(y, d, v, values, levels, output, scale, p);
    case RECURRENT_LOSS_POISSON: return NAME(values_poisson)(y, d, v, values, levels, output, scale, p);
    case RECURRENT_LOSS_BINARY_CROSS_ENTROPY:
        return NAME(values_binary_cross_entropy)(y, d, v, values, levels, output, scale, p);
    case RECURRENT_LOSS_GAUSSIAN: return NAME(values_gaussian)(y, d, v, values, scale);
    default: return NAME(values_soft_cross_entropy)(y, d, values * levels, scale);
    }
}

MULTIVERSIONED double NAME(loss_of_values)(int loss, int output, REAL *restrict y,
                                           const REAL *restrict target,
                                           const REAL *restrict target_weight, const int32_t *place,
                                           const REAL *weight, size_t rows, size_t values,
                                           size_t levels, REAL factor, const REAL *parameters) {
    double total = 0;
    size_t columns = values * levels;
    for (size_t r = 0; r < rows; r++, y += columns) {
        if (weight[r] == 0) {
            memset(y, 0, columns * sizeof(REAL));
            continue;
        }
        size_t first = (size_t)place[r] * values;
        const REAL *v = target_weight ? target_weight + first : 0;
        double error = NAME(row_of_values)(loss, output, y, target + first, v, values, levels,
                                           factor * weight[r], parameters);
        total += (double)weight[r] * (double)factor * error;
    }
    return total;
}

// −Σ d log softmax a with d = 1 − ε + ε / O for the class and ε / O for every other.
MULTIVERSIONED double NAME(loss_smoothed_cross_entropy)(REAL *restrict a, const int32_t *restrict target,
                                                        const int32_t *place, const REAL *weight,
                                                        size_t rows, size_t columns, REAL smoothing) {
    double total = 0;
    REAL share = smoothing / (REAL)columns;
    for (size_t r = 0; r < rows; r++, a += columns) {
        if (weight[r] == 0) {
            memset(a, 0, columns * sizeof(REAL));
            continue;
        }
        size_t class = (size_t)target[place[r]];
        REAL maximum = NAME(maximum)(a, columns);
        double at_class = (double)(a[class] - maximum), sum = 0;
        for (size_t c = 0; c < columns; c++) sum += (double)(a[c] - maximum);
        double log_sum = NAME(softmax_and_log_sum)(a, columns, maximum);
        for (size_t c = 0; c < columns; c++) a[c] = weight[r] * (a[c] - share);
        a[class] -= weight[r] * (1 - smoothing);
        total += (double)weight[r] *
                 (log_sum - (1 - (double)smoothing) * at_class - (double)share * sum);
    }
    return total;
}
