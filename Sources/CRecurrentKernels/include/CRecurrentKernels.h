// Elementwise and row-wise functions over arrays of float (f32) and double (f64).
//
// Every function is deterministic: an element's result depends on that element (a row's on that
// row) and, but for dropout, never on its place in the array, so work may be cut anywhere without changing a bit.
// On x86-64 Linux each function exists three times, for the baseline, for AVX2 with FMA and for AVX-512,
// and the loader picks one for the processor it finds. The last two give the same bits.
//
// Matrices are row-major and tight: element (r, c) stands at [r * columns + c].
#pragma once
#include <stddef.h>
#include <stdint.h>

/// The vector unit that the functions below use on this processor, for people to read.
const char *vector_unit(void);

#define VECTOR_MATH_LOSS(name, REAL, TARGET, TYPE)                                                 \
    double loss_##name##_##TYPE(REAL *output, const TARGET *target, const int32_t *place,          \
                                const REAL *weight, size_t rows, size_t columns, REAL factor);

#define VECTOR_MATH_DECLARATIONS(REAL, TYPE)                                                       \
    /* x ← f(x), element by element; at most 2 ulp from the exact value over the whole range. */   \
    void vector_exp_##TYPE(REAL *x, size_t count);                                                 \
    void vector_tanh_##TYPE(REAL *x, size_t count);                                                \
    void vector_sigmoid_##TYPE(REAL *x, size_t count);                                             \
    void vector_relu_##TYPE(REAL *x, size_t count);                                                \
                                                                                                   \
    /* delta ← delta ⊙ Φ'(z), with Φ' taken from s = Φ(z). */                                      \
    void vector_tanh_backward_##TYPE(REAL *delta, const REAL *s, size_t count);                    \
    void vector_sigmoid_backward_##TYPE(REAL *delta, const REAL *s, size_t count);                 \
    void vector_relu_backward_##TYPE(REAL *delta, const REAL *s, size_t count);                    \
                                                                                                   \
    /* x ← a ⊙ b; x ← x + a ⊙ b. */                                                               \
    void vector_multiply_##TYPE(REAL *x, const REAL *a, const REAL *b, size_t count);              \
    void vector_multiply_add_##TYPE(REAL *x, const REAL *a, const REAL *b, size_t count);          \
    /* Each element times `scale`, or 0 with probability threshold / 2^53. Which ones is decided by \
       `key` and the place of the element alone. */                                                \
    void vector_dropout_##TYPE(REAL *x, size_t count, uint64_t key, uint64_t threshold,            \
                               REAL scale);                                                        \
                                                                                                   \
    /* Each row of x plus `bias`, alone and then through f; the sum of all rows, which             \
       stand `stride` apart, added to `sum`. */                                                    \
    void rows_add_##TYPE(REAL *x, size_t rows, size_t columns, const REAL *bias);                  \
    void rows_tanh_##TYPE(REAL *x, size_t rows, size_t columns, const REAL *bias);                 \
    void rows_sigmoid_##TYPE(REAL *x, size_t rows, size_t columns, const REAL *bias);              \
    void rows_relu_##TYPE(REAL *x, size_t rows, size_t columns, const REAL *bias);                 \
    void rows_sum_##TYPE(const REAL *x, size_t rows, size_t columns, size_t stride, REAL *sum);    \
                                                                                                   \
    /* x[r] ← table[index[r]], rows of `columns` numbers. */                                       \
    void rows_gather_##TYPE(REAL *x, const int32_t *index, size_t rows, size_t columns,            \
                            const REAL *table);                                                    \
    /* table[index[r]] += x[r] in the order of the rows, which stand `stride` apart on both sides. */ \
    void rows_scatter_add_##TYPE(const REAL *x, const int32_t *index, size_t rows,                 \
                                 size_t columns, size_t stride, REAL *table);                      \
    /* result[c][r] ← x[r][c], rows standing `stride` and `result_stride` apart. */                \
    void rows_transpose_##TYPE(const REAL *x, size_t rows, size_t columns, size_t stride,          \
                               REAL *result, size_t result_stride);                                \
                                                                                                   \
    /* Softmax and log Σ exp of each row, the row maximum subtracted first. */                     \
    void rows_softmax_##TYPE(REAL *x, size_t rows, size_t columns);                                \
    void rows_log_sum_exp_##TYPE(const REAL *x, size_t rows, size_t columns, REAL *result);        \
    /* delta ← y ⊙ (delta − ⟨delta, y⟩) by rows, y being softmax's result. */                      \
    void rows_softmax_backward_##TYPE(REAL *delta, const REAL *y, size_t rows, size_t columns);    \
                                                                                                   \
    /* Losses. Each returns E = factor · Σ_r weight[r] E_r, summed in double in the order of the rows,\
       and leaves ∂E/∂a in place of the outputs. A row of weight 0 adds exactly nothing and gets a \
       gradient of exactly zero, whatever it holds. E_r of the squared errors is ‖d_r − y_r‖² and the\
       outputs are y = σ(a); the two cross entropies start from a. Row r has target place[r], read \
       only where the weight is not 0: a row of values, but for cross_entropy a class index. */    \
    VECTOR_MATH_LOSS(squared_linear, REAL, REAL, TYPE)                                             \
    VECTOR_MATH_LOSS(squared_sigmoid, REAL, REAL, TYPE)                                            \
    VECTOR_MATH_LOSS(squared_softmax, REAL, REAL, TYPE)                                            \
    VECTOR_MATH_LOSS(cross_entropy, REAL, int32_t, TYPE)                                           \
    VECTOR_MATH_LOSS(binary_cross_entropy, REAL, REAL, TYPE)                                       \
                                                                                                   \
    /* One step of an optimiser, in one pass over the parameters x, their gradient and the moments.\
       g is gradient + decay · x, and η the rate.                                                  \
       sgd: x ← x − η g. momentum: v ← momentum · v + g, x ← x − η (own · g + carried · v).        \
       adagrad: s ← s + g², x ← x − η g / (√s + ε).                                                \
       rmsprop: s ← kept · s + added · g², x ← x − η g / (√s + ε); with momentum                   \
       v ← momentum · v + g / (√s + ε), x ← x − η v.                                               \
       adam: m ← m + mean_added · (g − m), s as in rmsprop,                                        \
       x ← shrink · x − η m / (√s · scale + ε). */                                                 \
    void optimise_sgd_##TYPE(REAL *x, const REAL *gradient, size_t count, REAL rate, REAL decay);  \
    void optimise_momentum_##TYPE(REAL *x, const REAL *gradient, REAL *velocity, size_t count,     \
                                  REAL rate, REAL decay, REAL momentum, REAL own, REAL carried);   \
    void optimise_adagrad_##TYPE(REAL *x, const REAL *gradient, REAL *square, size_t count,        \
                                 REAL rate, REAL decay, REAL epsilon);                             \
    void optimise_rmsprop_##TYPE(REAL *x, const REAL *gradient, REAL *square, size_t count,        \
                                 REAL rate, REAL decay, REAL kept, REAL added, REAL epsilon);      \
    void optimise_rmsprop_momentum_##TYPE(REAL *x, const REAL *gradient, REAL *square,             \
                                          REAL *velocity, size_t count, REAL rate, REAL decay,     \
                                          REAL kept, REAL added, REAL epsilon, REAL momentum);     \
    void optimise_adam_##TYPE(REAL *x, const REAL *gradient, REAL *mean, REAL *square,             \
                              size_t count, REAL rate, REAL decay, REAL shrink, REAL mean_added,   \
                              REAL kept, REAL added, REAL scale, REAL epsilon);                    \
                                                                                                   \
    /* x ← max(−limit, min(limit, x)); NaN stays NaN. */                                           \
    void vector_clamp_##TYPE(REAL *x, size_t count, REAL limit);                                   \
    /* Σ x², in double and in an order that depends on `count` only. */                            \
    double vector_sum_of_squares_##TYPE(const REAL *x, size_t count);                              \
    /* The largest magnitude of an element, NaN left aside; 0 for none. */                         \
    REAL vector_largest_magnitude_##TYPE(const REAL *x, size_t count);                             \
    /* How many elements are below `low` or above `high`; NaN is neither. */                       \
    size_t vector_count_outside_##TYPE(const REAL *x, size_t count, REAL low, REAL high);          \
    /* Whether every element is finite. */                                                         \
    _Bool vector_is_finite_##TYPE(const REAL *x, size_t count);

VECTOR_MATH_DECLARATIONS(float, f32)
VECTOR_MATH_DECLARATIONS(double, f64)
