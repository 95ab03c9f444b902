// The functions of one number type. REAL is the type, and NAME gives a function the type's name.

// x ← f(x), element by element; exp, tanh and sigmoid are within 2 ulp of the exact value over the whole range.
void NAME(vector_exp)(REAL *x, size_t count);
void NAME(vector_tanh)(REAL *x, size_t count);
void NAME(vector_sigmoid)(REAL *x, size_t count);
void NAME(vector_relu)(REAL *x, size_t count);

// delta ← delta ⊙ Φ'(z), with Φ' computed from s = Φ(z).
void NAME(vector_tanh_backward)(REAL *delta, const REAL *s, size_t count);
void NAME(vector_sigmoid_backward)(REAL *delta, const REAL *s, size_t count);
void NAME(vector_relu_backward)(REAL *delta, const REAL *s, size_t count);

// x ← a ⊙ b; x ← x + a ⊙ b.
void NAME(vector_multiply)(REAL *x, const REAL *a, const REAL *b, size_t count);
void NAME(vector_multiply_add)(REAL *x, const REAL *a, const REAL *b, size_t count);

// x[i] ← 0 with probability threshold / 2^53, otherwise scale · x[i]; `key` and i alone decide.
void NAME(vector_dropout)(REAL *x, size_t count, uint64_t key, uint64_t threshold, REAL scale);

// x ← max(−limit, min(limit, x)); NaN stays NaN.
void NAME(vector_clamp)(REAL *x, size_t count, REAL limit);

// Σ x², in double and in an order that depends on `count` only.
double NAME(vector_sum_of_squares)(const REAL *x, size_t count);

// max |x| over the elements that are numbers; 0 if there are none.
REAL NAME(vector_largest_magnitude)(const REAL *x, size_t count);

// The number of elements below `low` or above `high`; NaN is neither.
size_t NAME(vector_count_outside)(const REAL *x, size_t count, REAL low, REAL high);

// True if every element is finite.
_Bool NAME(vector_is_finite)(const REAL *x, size_t count);

// x_r ← x_r + bias, and x_r ← f(x_r + bias), for every row.
void NAME(rows_add)(REAL *x, size_t rows, size_t columns, const REAL *bias);
void NAME(rows_tanh)(REAL *x, size_t rows, size_t columns, const REAL *bias);
void NAME(rows_sigmoid)(REAL *x, size_t rows, size_t columns, const REAL *bias);
void NAME(rows_relu)(REAL *x, size_t rows, size_t columns, const REAL *bias);

// sum ← sum + Σ_r x_r, one row after the other, with rows `stride` apart.
void NAME(rows_sum)(const REAL *x, size_t rows, size_t columns, size_t stride, REAL *sum);

// x_r ← table_index[r], for every row.
void NAME(rows_gather)(REAL *x, const int32_t *index, size_t rows, size_t columns, const REAL *table);

// table_index[r] ← table_index[r] + x_r, one row after the other, with rows `stride` apart on both sides.
void NAME(rows_scatter_add)(const REAL *x, const int32_t *index, size_t rows, size_t columns,
                            size_t stride, REAL *table);

// result ← xᵀ, with rows `stride` and `result_stride` apart.
void NAME(rows_transpose)(const REAL *x, size_t rows, size_t columns, size_t stride, REAL *result,
                          size_t result_stride);

// x_r ← softmax x_r; result[r] ← log Σ e^x_r. Both subtract the maximum of the row first.
void NAME(rows_softmax)(REAL *x, size_t rows, size_t columns);
void NAME(rows_log_sum_exp)(const REAL *x, size_t rows, size_t columns, REAL *result);

// delta_r ← y_r ⊙ (delta_r − ⟨delta_r, y_r⟩), for y = softmax a.
void NAME(rows_softmax_backward)(REAL *delta, const REAL *y, size_t rows, size_t columns);

// Losses. Each returns E = factor · Σ_r weight[r] E_r, summed in double in the order of the rows, and replaces
// the outputs by ∂E/∂a. A row of weight 0 adds exactly nothing and gets a gradient of exactly zero, whatever it
// contains. The target of row r is row place[r] of `target`, and is read only if the weight is not 0.
//
// Squared errors: E_r = ‖d_r − y_r‖², from outputs y = a, sigmoid a and softmax a.
double NAME(loss_squared_linear)(REAL *output, const REAL *target, const int32_t *place,
                                 const REAL *weight, size_t rows, size_t columns, REAL factor);
double NAME(loss_squared_sigmoid)(REAL *output, const REAL *target, const int32_t *place,
                                  const REAL *weight, size_t rows, size_t columns, REAL factor);
double NAME(loss_squared_softmax)(REAL *output, const REAL *target, const int32_t *place,
                                  const REAL *weight, size_t rows, size_t columns, REAL factor);
// E_r = −log softmax(a_r)[d_r], from a and class indices d.
double NAME(loss_cross_entropy)(REAL *output, const int32_t *target, const int32_t *place,
                                const REAL *weight, size_t rows, size_t columns, REAL factor);
// E_r = −Σ d_r log y_r + (1 − d_r) log(1 − y_r), for y = sigmoid a, from a.
double NAME(loss_binary_cross_entropy)(REAL *output, const REAL *target, const int32_t *place,
                                       const REAL *weight, size_t rows, size_t columns, REAL factor);
// E_r = Σ_i v_i Σ_l ℓ(y_il, d_i), over the values i of a target and the `levels` outputs for each, from y = a, sigmoid a
// or softmax a (`output`); see value_losses.h for ℓ, whose numbers are `parameters`, one for each level. The weights v
// of the values stand as the targets do; 1 if null. Binary and soft cross entropy are computed from a; the second has
// no v.
double NAME(loss_of_values)(int loss, int output, REAL *y, const REAL *target, const REAL *target_weight,
                            const int32_t *place, const REAL *weight, size_t rows, size_t values,
                            size_t levels, REAL factor, const REAL *parameters);
// Cross entropy in which every class has the probability smoothing / columns, and the target's the rest.
double NAME(loss_smoothed_cross_entropy)(REAL *a, const int32_t *target, const int32_t *place,
                                         const REAL *weight, size_t rows, size_t columns,
                                         REAL smoothing);

// Optimisers: one step, in one pass over the parameters x, their gradient and the moments. η is the rate, and g is
// gradient + decay · x.
//
// x ← x − η g.
void NAME(optimise_sgd)(REAL *x, const REAL *gradient, size_t count, REAL rate, REAL decay);
// v ← momentum · v + g, x ← x − η (own · g + carried · v), with v in `velocity`.
void NAME(optimise_momentum)(REAL *x, const REAL *gradient, REAL *velocity, size_t count, REAL rate,
                             REAL decay, REAL momentum, REAL own, REAL carried);
// s ← s + g², x ← x − η g / (√s + ε), with s in `square`.
void NAME(optimise_adagrad)(REAL *x, const REAL *gradient, REAL *square, size_t count, REAL rate,
                            REAL decay, REAL epsilon);
// s ← kept · s + added · g², x ← x − η g / (√s + ε), with s in `square`.
void NAME(optimise_rmsprop)(REAL *x, const REAL *gradient, REAL *square, size_t count, REAL rate,
                            REAL decay, REAL kept, REAL added, REAL epsilon);
// s ← kept · s + added · g², v ← momentum · v + g / (√s + ε), x ← x − η v.
void NAME(optimise_rmsprop_momentum)(REAL *x, const REAL *gradient, REAL *square, REAL *velocity,
                                     size_t count, REAL rate, REAL decay, REAL kept, REAL added,
                                     REAL epsilon, REAL momentum);
// m ← m + mean_added · (g − m), s ← kept · s + added · g², x ← shrink · x − η m / (√s · scale + ε).
void NAME(optimise_adam)(REAL *x, const REAL *gradient, REAL *mean, REAL *square, size_t count,
                         REAL rate, REAL decay, REAL shrink, REAL mean_added, REAL kept, REAL added,
                         REAL scale, REAL epsilon);

// Gated cells over the rows of one timestep, in `width` units a row; strides are the elements from row to row. A row of
// gates is blocks of `width` columns, `distance` elements from one to the next: i f g o of an LSTM; n r z and q of a GRU, or p where the reset comes first. A bias
// is added to the blocks that it is laid out for. Forward, gates take the place of their arguments; backward,
// gradients that of the gates. `before` is the state before, c₋ of an LSTM and s₋ of a GRU.
//
// c = f c₋ + i g, s = o tanh c; backward from δs and δc, which becomes δc₋.
void NAME(lstm_forward)(REAL *gates, size_t gate_stride, size_t distance, const REAL *bias, const REAL *before,
                        size_t before_stride, REAL *cell, size_t cell_stride, REAL *state,
                        size_t state_stride, size_t rows, size_t width);
void NAME(lstm_backward)(REAL *gates, size_t gate_stride, size_t distance, const REAL *before, size_t before_stride,
                         const REAL *cell, size_t cell_stride, const REAL *delta_state,
                         size_t delta_state_stride, REAL *delta_cell, size_t delta_cell_stride,
                         size_t rows, size_t width);
// q + candidate_bias, n = tanh(a_n + r q), s = n + z (s₋ − n); backward from δs, whose share δs z is set in δs₋ or, if
// `adds`, added to it.
void NAME(gru_forward)(REAL *gates, size_t gate_stride, size_t distance, const REAL *bias, const REAL *candidate_bias,
                       const REAL *before, size_t before_stride, REAL *state, size_t state_stride,
                       size_t rows, size_t width);
void NAME(gru_backward)(REAL *gates, size_t gate_stride, size_t distance, const REAL *before, size_t before_stride,
                        const REAL *delta_state, size_t delta_state_stride, REAL *delta_before,
                        size_t delta_before_stride, _Bool adds, size_t rows, size_t width);
// The same with the reset before the product, in two halves: r and p = r s₋; then z, n = tanh a_n and s. Backward δa_n
// and δa_z; then δa_r from δp, which becomes δp r.
void NAME(gru_reset_forward)(REAL *gates, size_t gate_stride, size_t distance, const REAL *bias, const REAL *before,
                             size_t before_stride, size_t rows, size_t width);
void NAME(gru_update_forward)(REAL *gates, size_t gate_stride, size_t distance, const REAL *bias, const REAL *before,
                              size_t before_stride, REAL *state, size_t state_stride, size_t rows,
                              size_t width);
void NAME(gru_update_backward)(REAL *gates, size_t gate_stride, size_t distance, const REAL *before, size_t before_stride,
                               const REAL *delta_state, size_t delta_state_stride, REAL *delta_before,
                               size_t delta_before_stride, _Bool adds, size_t rows, size_t width);
void NAME(gru_reset_backward)(REAL *gates, size_t gate_stride, size_t distance, REAL *delta, size_t delta_stride,
                              size_t rows, size_t width);
