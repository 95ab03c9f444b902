// Row-wise kernels, written once and included for float and for double.

MULTIVERSIONED void NAME(rows_add)(REAL *restrict x, size_t rows, size_t columns,
                                   const REAL *restrict bias) {
    for (size_t r = 0; r < rows; r++, x += columns)
        for (size_t c = 0; c < columns; c++) x[c] += bias[c];
}

MULTIVERSIONED void NAME(rows_sum)(const REAL *restrict x, size_t rows, size_t columns,
                                   size_t stride, REAL *restrict sum) {
    for (size_t r = 0; r < rows; r++, x += stride)
        for (size_t c = 0; c < columns; c++) sum[c] += x[c];
}

// One row is copied or added after the other, so that sums have the order of the rows.
MULTIVERSIONED void NAME(rows_gather)(REAL *restrict x, const int32_t *restrict index, size_t rows,
                                      size_t columns, const REAL *restrict table) {
    size_t bytes = columns * sizeof(REAL);
    for (size_t r = 0; r < rows; r++, x += columns) {
        if (r + ROWS_AHEAD < rows) fetch_row(table + (size_t)index[r + ROWS_AHEAD] * columns, bytes);
        memcpy(x, table + (size_t)index[r] * columns, bytes);
    }
}

MULTIVERSIONED void NAME(rows_scatter_add)(const REAL *restrict x, const int32_t *restrict index,
                                           size_t rows, size_t columns, size_t stride,
                                           REAL *restrict table) {
    for (size_t r = 0; r < rows; r++, x += stride) {
        REAL *row = table + (size_t)index[r] * stride;
        for (size_t c = 0; c < columns; c++) row[c] += x[c];
    }
}

INLINE REAL NAME(maximum)(const REAL *x, size_t count) {
    REAL maximum = x[0];
    for (size_t i = 1; i < count; i++) maximum = x[i] > maximum ? x[i] : maximum;
    return maximum;
}

MULTIVERSIONED void NAME(rows_softmax)(REAL *x, size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++, x += columns) {
        REAL maximum = NAME(maximum)(x, columns);
        for (size_t c = 0; c < columns; c++) x[c] = NAME(element_exp)(x[c] - maximum);
        REAL sum = 0;
        for (size_t c = 0; c < columns; c++) sum += x[c];
        for (size_t c = 0; c < columns; c++) x[c] /= sum;
    }
}

MULTIVERSIONED void NAME(rows_log_sum_exp)(const REAL *x, size_t rows, size_t columns,
                                           REAL *result) {
    for (size_t r = 0; r < rows; r++, x += columns) {
        REAL maximum = NAME(maximum)(x, columns);
        // An infinite maximum is the answer itself; subtracting it would give NaN.
        REAL shift = maximum - maximum == 0 ? maximum : 0;
        REAL sum = 0;
        for (size_t c = 0; c < columns; c++) sum += NAME(element_exp)(x[c] - shift);
        result[r] = shift + (REAL)log(sum);
    }
}

MULTIVERSIONED void NAME(rows_softmax_backward)(REAL *restrict delta, const REAL *restrict y,
                                                size_t rows, size_t columns) {
    for (size_t r = 0; r < rows; r++, delta += columns, y += columns) {
        REAL inner = 0;
        for (size_t c = 0; c < columns; c++) inner += delta[c] * y[c];
        for (size_t c = 0; c < columns; c++) delta[c] = y[c] * (delta[c] - inner);
    }
}
