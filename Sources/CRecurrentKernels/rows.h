// Row-wise kernels, included once for float and once for double.

MULTIVERSIONED void NAME(rows_add)(REAL *restrict x, size_t rows, size_t columns,
                                   const REAL *restrict bias) {
    for (size_t r = 0; r < rows; r++, x += columns)
        for (size_t c = 0; c < columns; c++) x[c] += bias[c];
}

// The sums of `width` columns, which stay in registers from the first row to the last.
INLINE void NAME(sum_columns)(const REAL *restrict x, size_t rows, size_t stride, size_t width,
                              REAL *restrict sum) {
    REAL part[SUM_REGISTERS * LANES];
    for (size_t c = 0; c < width; c++) part[c] = sum[c];
    for (size_t r = 0; r < rows; r++)
        IN_LANES for (size_t c = 0; c < width; c++) part[c] += x[r * stride + c];
    for (size_t c = 0; c < width; c++) sum[c] = part[c];
}

// The same, of float in chunks of rows, whose sums are added up together with what rounding has lost of the sum before
// (Kahan 1965): the error does not grow with the rows.
INLINE void NAME(sum_in_chunks)(const REAL *restrict x, size_t rows, size_t stride, size_t width,
                                REAL *restrict sum) {
    if (!SUMS_IN_CHUNKS) return NAME(sum_columns)(x, rows, stride, width, sum);
    REAL part[SUM_REGISTERS * LANES], lost[SUM_REGISTERS * LANES] = {0};
    for (size_t r = 0; r < rows; r += SUMMED_ROWS) {
        for (size_t c = 0; c < width; c++) part[c] = -lost[c];
        size_t count = rows - r < SUMMED_ROWS ? rows - r : SUMMED_ROWS;
        NAME(sum_columns)(x + r * stride, count, stride, width, part);
        for (size_t c = 0; c < width; c++) {
            REAL next = sum[c] + part[c];
            lost[c] = next - sum[c] - part[c];
            sum[c] = next;
        }
    }
}

MULTIVERSIONED void NAME(rows_sum)(const REAL *restrict x, size_t rows, size_t columns,
                                   size_t stride, REAL *restrict sum) {
    size_t c = 0;
    for (; c + SUM_REGISTERS * LANES <= columns; c += SUM_REGISTERS * LANES)
        NAME(sum_in_chunks)(x + c, rows, stride, SUM_REGISTERS * LANES, sum + c);
    for (; c + LANES <= columns; c += LANES)
        NAME(sum_in_chunks)(x + c, rows, stride, LANES, sum + c);
    NAME(sum_in_chunks)(x + c, rows, stride, columns - c, sum + c);
}

MULTIVERSIONED void NAME(rows_gather)(REAL *restrict x, const int32_t *restrict index, size_t rows,
                                      size_t columns, const REAL *restrict table) {
    size_t bytes = columns * sizeof(REAL);
    for (size_t r = 0; r < rows; r++, x += columns) {
        if (r + PREFETCHED_ROWS < rows)
            prefetch_row(table + (size_t)index[r + PREFETCHED_ROWS] * columns, bytes);
        memcpy(x, table + (size_t)index[r] * columns, bytes);
    }
}

// One row after the other, so that sums have the order of the rows.
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

typedef REAL NAME(block_row) __attribute__((vector_size(LANES * sizeof(REAL))));

// Transposes LANES × LANES elements in log2(LANES) rounds. Each round interleaves every row of the first half
// with its counterpart in the second half.
INLINE void NAME(transpose_block)(const REAL *restrict x, size_t stride, REAL *restrict result,
                                  size_t result_stride) {
    NAME(block_row) rows[LANES], mixed[LANES];
    for (size_t r = 0; r < LANES; r++) memcpy(&rows[r], x + r * stride, sizeof rows[r]);
    for (size_t round = 1; round < LANES; round *= 2) {
        for (size_t r = 0; r < LANES / 2; r++) {
            mixed[2 * r] = __builtin_shufflevector(rows[r], rows[r + LANES / 2], LOWER_HALVES);
            mixed[2 * r + 1] = __builtin_shufflevector(rows[r], rows[r + LANES / 2], UPPER_HALVES);
        }
        memcpy(rows, mixed, sizeof rows);
    }
    for (size_t r = 0; r < LANES; r++) memcpy(result + r * result_stride, &rows[r], sizeof rows[r]);
}

MULTIVERSIONED void NAME(rows_transpose)(const REAL *restrict x, size_t rows, size_t columns,
                                         size_t stride, REAL *restrict result,
                                         size_t result_stride) {
    size_t whole_rows = rows - rows % LANES, whole_columns = columns - columns % LANES;
    for (size_t r = 0; r < whole_rows; r += LANES)
        for (size_t c = 0; c < whole_columns; c += LANES)
            NAME(transpose_block)
            (x + r * stride + c, stride, result + c * result_stride + r, result_stride);
    for (size_t r = 0; r < rows; r++)
        for (size_t c = r < whole_rows ? whole_columns : 0; c < columns; c++)
            result[c * result_stride + r] = x[r * stride + c];
}
