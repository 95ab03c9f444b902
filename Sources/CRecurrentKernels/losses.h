// Losses by rows, included once for float and once for double. A row function returns factor · E_r and replaces
// the row by weight · factor · ∂E_r/∂a.

// ‖d − y‖² in eight partial sums, for vector registers and a fixed order. If `scales` is true, the same pass sets
// y ← scale · (y − d).
INLINE REAL NAME(squared_distance)(REAL *restrict y, const REAL *restrict d, size_t count,
                                   _Bool scales, REAL scale) {
    REAL partial[8] = {0};
    size_t whole = count & ~(size_t)7;
    for (size_t i = 0; i < whole; i += 8)
        for (size_t j = 0; j < 8; j++) {
            REAL difference = y[i + j] - d[i + j];
            partial[j] += difference * difference;
            if (scales) y[i + j] = scale * difference;
        }
    for (size_t i = whole; i < count; i++) {
        REAL difference = y[i] - d[i];
        partial[i - whole] += difference * difference;
        if (scales) y[i] = scale * difference;
    }
    return ((partial[0] + partial[4]) + (partial[2] + partial[6])) +
           ((partial[1] + partial[5]) + (partial[3] + partial[7]));
}

INLINE double NAME(row_squared_linear)(REAL *y, const REAL *d, size_t columns, REAL weight,
                                              REAL factor) {
    REAL scale = 2 * factor * weight;
    return (double)(factor * NAME(squared_distance)(y, d, columns, 1, scale));
}

INLINE double NAME(row_squared_sigmoid)(REAL *y, const REAL *d, size_t columns, REAL weight,
                                               REAL factor) {
    double error = (double)(factor * NAME(squared_distance)(y, d, columns, 0, 0));
    REAL scale = 2 * factor * weight;
    for (size_t c = 0; c < columns; c++) y[c] = scale * (y[c] - d[c]) * (y[c] * (1 - y[c]));
    return error;
}

INLINE double NAME(row_squared_softmax)(REAL *y, const REAL *d, size_t columns, REAL weight,
                                               REAL factor) {
    double error = (double)(factor * NAME(squared_distance)(y, d, columns, 0, 0));
    REAL scale = 2 * factor * weight;
    REAL inner = 0;
    for (size_t c = 0; c < columns; c++) inner += (y[c] - d[c]) * y[c];
    for (size_t c = 0; c < columns; c++) y[c] = scale * y[c] * ((y[c] - d[c]) - inner);
    return error;
}

// −log softmax(a)[d] = log Σ exp(a − max) − (a[d] − max): never the logarithm of a probability.
INLINE double NAME(row_cross_entropy)(REAL *a, const int32_t *d, size_t columns, REAL weight,
                                             REAL factor) {
    REAL maximum = NAME(maximum)(a, columns);
    REAL at_target = a[*d] - maximum;
    for (size_t c = 0; c < columns; c++) a[c] = NAME(element_exp)(a[c] - maximum);
    REAL sum = 0;
    for (size_t c = 0; c < columns; c++) sum += a[c];
    for (size_t c = 0; c < columns; c++) a[c] = factor * weight * (a[c] / sum);
    a[*d] -= factor * weight;
    return (double)factor * (log((double)sum) - (double)at_target);
}

// −d log y − (1 − d) log(1 − y) with y = sigmoid(a) is max(a, 0) − a d + log(1 + e^−|a|).
INLINE double NAME(row_binary_cross_entropy)(REAL *a, const REAL *d, size_t columns,
                                                    REAL weight, REAL factor) {
    double error = 0;
    for (size_t c = 0; c < columns; c++) {
        double value = (double)a[c];
        error += (value > 0 ? value : 0) - value * (double)d[c] + log1p(exp(-fabs(value)));
    }
    for (size_t c = 0; c < columns; c++)
        a[c] = factor * weight * (NAME(element_sigmoid)(a[c]) - d[c]);
    return (double)factor * error;
}

#define LOSS(name, TARGET, stride)                                                                 \
    MULTIVERSIONED double NAME(loss_##name)(REAL *restrict output,                                 \
                                            const TARGET *restrict target,                         \
                                            const int32_t *place, const REAL *weight, size_t rows, \
                                            size_t columns, REAL factor) {                         \
        double total = 0;                                                                          \
        for (size_t r = 0; r < rows; r++, output += columns) {                                     \
            size_t next = r + PREFETCHED_ROWS;                                                     \
            if (next < rows && weight[next] != 0)                                                  \
                prefetch_row(target + (size_t)place[next] * stride, stride * sizeof(TARGET));      \
            if (weight[r] != 0)                                                                    \
                total += (double)weight[r] *                                                       \
                         NAME(row_##name)(output, target + (size_t)place[r] * stride, columns,     \
                                          weight[r], factor);                                      \
            else                                                                                   \
                memset(output, 0, columns * sizeof(REAL));                                         \
        }                                                                                          \
        return total;                                                                              \
    }
LOSS(squared_linear, REAL, columns)
LOSS(squared_sigmoid, REAL, columns)
LOSS(squared_softmax, REAL, columns)
LOSS(cross_entropy, int32_t, 1)
LOSS(binary_cross_entropy, REAL, columns)
#undef LOSS
