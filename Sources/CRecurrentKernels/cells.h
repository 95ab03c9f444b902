// The equations of gated cells over the rows of one timestep, included once for float and once for double.
//
// A row of gates is blocks of `width` columns, `distance` elements from block to block and `gate_stride` from row to
// row: all units of a layer, or some of them. One pass over the rows does everything for a unit: its four or five
// functions stand side by side and fill the pipeline. Forward, activated gates take the place of their arguments;
// backward, gradients take the place of the gates.

// Calls UNIT(r, c) for every unit c of every row r: first the whole registers of all rows, then the rest of each row,
// four at a time while there are four.
#define FOR_EACH_UNIT(UNIT)                                                                        \
    size_t whole = width - width % LANES, fours = width - width % 4;                               \
    for (size_t r = 0; r < rows; r++)                                                              \
        for (size_t first = 0; first < whole; first += LANES)                                      \
            IN_LANES for (size_t c = first; c < first + LANES; c++) UNIT(r, c);                    \
    for (size_t r = 0; r < rows; r++) {                                                            \
        for (size_t first = whole; first < fours; first += 4)                                      \
            IN_FOURS for (size_t c = first; c < first + 4; c++) UNIT(r, c);                        \
        for (size_t c = fours; c < width; c++) UNIT(r, c);                                         \
    }

// The bias of unit c in a block, where there is one.
#define BIAS(block) (has_bias ? bias[(block) * distance + c] : 0)

// s(1 − s), the derivative of the sigmoid, from the gate itself.
INLINE REAL NAME(sigmoid_slope)(REAL s) { return s * (1 - s); }

// (1 − s)(1 + s), that of tanh.
INLINE REAL NAME(tanh_slope)(REAL s) { return (1 - s) * (1 + s); }

// i f g o from z;  c = f c₋ + i g,  s = o tanh c.
INLINE void NAME(lstm_unit_forward)(REAL *gates, size_t distance, REAL bias_i, REAL bias_f,
                                    REAL bias_g, REAL bias_o, REAL before, REAL *cell,
                                    REAL *state) {
    REAL i = NAME(element_gate)(gates[0] + bias_i);
    REAL f = NAME(element_gate)(gates[distance] + bias_f);
    REAL g = NAME(element_tanh)(gates[2 * distance] + bias_g);
    REAL o = NAME(element_gate)(gates[3 * distance] + bias_o);
    REAL c = f * before + i * g;
    gates[0] = i, gates[distance] = f, gates[2 * distance] = g, gates[3 * distance] = o;
    *cell = c;
    *state = o * NAME(element_tanh)(c);
}

INLINE void NAME(lstm_forward_rows)(REAL *restrict gates, size_t gate_stride, size_t distance,
                                    const REAL *restrict bias, const REAL *restrict before,
                                    size_t before_stride, REAL *restrict cell, size_t cell_stride,
                                    REAL *restrict state, size_t state_stride, size_t rows,
                                    size_t width, const _Bool has_bias) {
#define UNIT(r, c)                                                                                 \
    NAME(lstm_unit_forward)                                                                        \
    (gates + r * gate_stride + c, distance, BIAS(0), BIAS(1), BIAS(2),                                \
     BIAS(3), before[r * before_stride + c], cell + r * cell_stride + c,                           \
     state + r * state_stride + c)
    FOR_EACH_UNIT(UNIT)
#undef UNIT
}

MULTIVERSIONED void NAME(lstm_forward)(REAL *restrict gates, size_t gate_stride, size_t distance,
                                       const REAL *restrict bias, const REAL *restrict before,
                                       size_t before_stride, REAL *restrict cell,
                                       size_t cell_stride, REAL *restrict state,
                                       size_t state_stride, size_t rows, size_t width) {
    if (bias)
        NAME(lstm_forward_rows)
        (gates, gate_stride, distance, bias, before, before_stride, cell, cell_stride, state, state_stride,
         rows, width, 1);
    else
        NAME(lstm_forward_rows)
        (gates, gate_stride, distance, bias, before, before_stride, cell, cell_stride, state, state_stride,
         rows, width, 0);
}

// With u = tanh c:  δc += δs o (1 − u²);  δz of i f g o;  δc₋ = δc f.
INLINE void NAME(lstm_unit_backward)(REAL *gates, size_t distance, REAL before, REAL cell,
                                     REAL delta_state, REAL *delta_cell) {
    REAL i = gates[0], f = gates[distance], g = gates[2 * distance], o = gates[3 * distance];
    REAL u = NAME(element_tanh)(cell);
    REAL delta = *delta_cell + delta_state * o * NAME(tanh_slope)(u);
    gates[0] = delta * g * NAME(sigmoid_slope)(i);
    gates[distance] = delta * before * NAME(sigmoid_slope)(f);
    gates[2 * distance] = delta * i * NAME(tanh_slope)(g);
    gates[3 * distance] = delta_state * u * NAME(sigmoid_slope)(o);
    *delta_cell = delta * f;
}

MULTIVERSIONED void NAME(lstm_backward)(REAL *restrict gates, size_t gate_stride, size_t distance,
                                        const REAL *restrict before, size_t before_stride,
                                        const REAL *restrict cell, size_t cell_stride,
                                        const REAL *restrict delta_state, size_t delta_state_stride,
                                        REAL *restrict delta_cell, size_t delta_cell_stride,
                                        size_t rows, size_t width) {
#define UNIT(r, c)                                                                                 \
    NAME(lstm_unit_backward)                                                                       \
    (gates + r * gate_stride + c, distance, before[r * before_stride + c], cell[r * cell_stride + c], \
     delta_state[r * delta_state_stride + c], delta_cell + r * delta_cell_stride + c)
    FOR_EACH_UNIT(UNIT)
#undef UNIT
}

// Blocks n r z q:  r, z;  q += b_n;  n = tanh(a_n + r q);  s = n + z (s₋ − n).
INLINE void NAME(gru_unit_forward)(REAL *gates, size_t distance, REAL bias_n, REAL bias_r, REAL bias_z,
                                   REAL bias_q, REAL before, REAL *state) {
    REAL r = NAME(element_gate)(gates[distance] + bias_r);
    REAL z = NAME(element_gate)(gates[2 * distance] + bias_z);
    REAL q = gates[3 * distance] + bias_q;
    REAL n = NAME(element_tanh)(gates[0] + bias_n + r * q);
    gates[0] = n, gates[distance] = r, gates[2 * distance] = z, gates[3 * distance] = q;
    *state = n + z * (before - n);
}

INLINE void NAME(gru_forward_rows)(REAL *restrict gates, size_t gate_stride, size_t distance,
                                   const REAL *restrict bias, const REAL *restrict candidate_bias,
                                   const REAL *restrict before, size_t before_stride,
                                   REAL *restrict state, size_t state_stride, size_t rows,
                                   size_t width, const _Bool has_bias) {
#define UNIT(r, c)                                                                                 \
    NAME(gru_unit_forward)                                                                         \
    (gates + r * gate_stride + c, distance, BIAS(0), BIAS(1), BIAS(2),                                \
     has_bias ? candidate_bias[c] : 0, before[r * before_stride + c], state + r * state_stride + c)
    FOR_EACH_UNIT(UNIT)
#undef UNIT
}

MULTIVERSIONED void NAME(gru_forward)(REAL *restrict gates, size_t gate_stride, size_t distance,
                                      const REAL *restrict bias,
                                      const REAL *restrict candidate_bias,
                                      const REAL *restrict before, size_t before_stride,
                                      REAL *restrict state, size_t state_stride, size_t rows,
                                      size_t width) {
    if (bias)
        NAME(gru_forward_rows)
        (gates, gate_stride, distance, bias, candidate_bias, before, before_stride, state, state_stride, rows,
         width, 1);
    else
        NAME(gru_forward_rows)
        (gates, gate_stride, distance, bias, candidate_bias, before, before_stride, state, state_stride, rows,
         width, 0);
}

// δa_n, δa_z, δa_r, δq from δs, and the share δs z of δs₋, which is added to it or, where nothing is there yet, set.
INLINE void NAME(gru_unit_backward)(REAL *gates, size_t distance, REAL before, REAL delta_state,
                                    REAL *delta_before, REAL kept) {
    REAL n = gates[0], r = gates[distance], z = gates[2 * distance], q = gates[3 * distance];
    REAL delta_n = delta_state * (1 - z) * NAME(tanh_slope)(n);
    gates[0] = delta_n;
    gates[distance] = delta_n * q * NAME(sigmoid_slope)(r);
    gates[2 * distance] = delta_state * (before - n) * NAME(sigmoid_slope)(z);
    gates[3 * distance] = delta_n * r;
    *delta_before = kept + delta_state * z;
}

MULTIVERSIONED void NAME(gru_backward)(REAL *restrict gates, size_t gate_stride, size_t distance,
                                       const REAL *restrict before, size_t before_stride,
                                       const REAL *restrict delta_state, size_t delta_state_stride,
                                       REAL *restrict delta_before, size_t delta_before_stride,
                                       _Bool adds, size_t rows, size_t width) {
#define UNIT(r, c)                                                                                 \
    NAME(gru_unit_backward)                                                                        \
    (gates + r * gate_stride + c, distance, before[r * before_stride + c],                            \
     delta_state[r * delta_state_stride + c], delta_before + r * delta_before_stride + c,          \
     adds ? delta_before[r * delta_before_stride + c] : 0)
    FOR_EACH_UNIT(UNIT)
#undef UNIT
}

// Blocks n r z p of a cell that resets before the product:  r;  p = r s₋.
INLINE void NAME(gru_unit_reset_forward)(REAL *gates, size_t distance, REAL bias_r, REAL before) {
    REAL r = NAME(element_gate)(gates[distance] + bias_r);
    gates[distance] = r, gates[3 * distance] = r * before;
}

INLINE void NAME(gru_reset_forward_rows)(REAL *restrict gates, size_t gate_stride, size_t distance,
                                         const REAL *restrict bias, const REAL *restrict before,
                                         size_t before_stride, size_t rows, size_t width,
                                         const _Bool has_bias) {
#define UNIT(r, c)                                                                                 \
    NAME(gru_unit_reset_forward)                                                                   \
    (gates + r * gate_stride + c, distance, BIAS(1), before[r * before_stride + c])
    FOR_EACH_UNIT(UNIT)
#undef UNIT
}

MULTIVERSIONED void NAME(gru_reset_forward)(REAL *restrict gates, size_t gate_stride, size_t distance,
                                            const REAL *restrict bias, const REAL *restrict before,
                                            size_t before_stride, size_t rows, size_t width) {
    if (bias)
        NAME(gru_reset_forward_rows)
        (gates, gate_stride, distance, bias, before, before_stride, rows, width, 1);
    else
        NAME(gru_reset_forward_rows)
        (gates, gate_stride, distance, bias, before, before_stride, rows, width, 0);
}

// z;  n = tanh a_n;  s = n + z (s₋ − n).
INLINE void NAME(gru_unit_update_forward)(REAL *gates, size_t distance, REAL bias_n, REAL bias_z,
                                          REAL before, REAL *state) {
    REAL z = NAME(element_gate)(gates[2 * distance] + bias_z);
    REAL n = NAME(element_tanh)(gates[0] + bias_n);
    gates[0] = n, gates[2 * distance] = z;
    *state = n + z * (before - n);
}

INLINE void NAME(gru_update_forward_rows)(REAL *restrict gates, size_t gate_stride, size_t distance,
                                          const REAL *restrict bias, const REAL *restrict before,
                                          size_t before_stride, REAL *restrict state,
                                          size_t state_stride, size_t rows, size_t width,
                                          const _Bool has_bias) {
#define UNIT(r, c)                                                                                 \
    NAME(gru_unit_update_forward)                                                                  \
    (gates + r * gate_stride + c, distance, BIAS(0), BIAS(2),                                         \
     before[r * before_stride + c], state + r * state_stride + c)
    FOR_EACH_UNIT(UNIT)
#undef UNIT
}

MULTIVERSIONED void NAME(gru_update_forward)(REAL *restrict gates, size_t gate_stride, size_t distance,
                                             const REAL *restrict bias, const REAL *restrict before,
                                             size_t before_stride, REAL *restrict state,
                                             size_t state_stride, size_t rows, size_t width) {
    if (bias)
        NAME(gru_update_forward_rows)
        (gates, gate_stride, distance, bias, before, before_stride, state, state_stride, rows, width, 1);
    else
        NAME(gru_update_forward_rows)
        (gates, gate_stride, distance, bias, before, before_stride, state, state_stride, rows, width, 0);
}

// δa_n and δa_z from δs, and the share δs z of δs₋; r and p stay.
INLINE void NAME(gru_unit_update_backward)(REAL *gates, size_t distance, REAL before, REAL delta_state,
                                           REAL *delta_before, REAL kept) {
    REAL n = gates[0], z = gates[2 * distance];
    gates[0] = delta_state * (1 - z) * NAME(tanh_slope)(n);
    gates[2 * distance] = delta_state * (before - n) * NAME(sigmoid_slope)(z);
    *delta_before = kept + delta_state * z;
}

MULTIVERSIONED void NAME(gru_update_backward)(REAL *restrict gates, size_t gate_stride, size_t distance,
                                              const REAL *restrict before, size_t before_stride,
                                              const REAL *restrict delta_state,
                                              size_t delta_state_stride,
                                              REAL *restrict delta_before,
                                              size_t delta_before_stride, _Bool adds, size_t rows,
                                              size_t width) {
#define UNIT(r, c)                                                                                 \
    NAME(gru_unit_update_backward)                                                                 \
    (gates + r * gate_stride + c, distance, before[r * before_stride + c],                            \
     delta_state[r * delta_state_stride + c], delta_before + r * delta_before_stride + c,          \
     adds ? delta_before[r * delta_before_stride + c] : 0)
    FOR_EACH_UNIT(UNIT)
#undef UNIT
}

// δa_r = δp p (1 − r), which is δp s₋ (r − r²), takes the place of r; δp r, a share of δs₋, that of δp.
INLINE void NAME(gru_unit_reset_backward)(REAL *gates, size_t distance, REAL *delta) {
    REAL r = gates[distance], p = gates[3 * distance], delta_p = *delta;
    gates[distance] = delta_p * p * (1 - r);
    *delta = delta_p * r;
}

MULTIVERSIONED void NAME(gru_reset_backward)(REAL *restrict gates, size_t gate_stride, size_t distance,
                                             REAL *restrict delta, size_t delta_stride, size_t rows,
                                             size_t width) {
#define UNIT(r, c)                                                                                 \
    NAME(gru_unit_reset_backward)(gates + r * gate_stride + c, distance, delta + r * delta_stride + c)
    FOR_EACH_UNIT(UNIT)
#undef UNIT
}
#undef BIAS
#undef FOR_EACH_UNIT
