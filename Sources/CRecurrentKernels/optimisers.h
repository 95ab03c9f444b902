// Optimisers, included once for float and once for double: one pass over the parameters x, their gradient g and the
// moments. With `decay` λ, g + λ x takes the place of the gradient.

// The square root as one instruction: sqrt() has to set errno, so the compiler cannot use vector registers for it.
#define ROOT __builtin_elementwise_sqrt

MULTIVERSIONED void NAME(optimise_sgd)(REAL *restrict x, const REAL *restrict gradient, size_t count,
                                       REAL rate, REAL decay) {
    IN_LANES for (size_t i = 0; i < count; i++) x[i] -= rate * (gradient[i] + decay * x[i]);
}

MULTIVERSIONED void NAME(optimise_momentum)(REAL *restrict x, const REAL *restrict gradient,
                                            REAL *restrict velocity, size_t count, REAL rate,
                                            REAL decay, REAL momentum, REAL own, REAL carried) {
    IN_LANES for (size_t i = 0; i < count; i++) {
        REAL g = gradient[i] + decay * x[i];
        velocity[i] = momentum * velocity[i] + g;
        x[i] -= rate * (own * g + carried * velocity[i]);
    }
}

MULTIVERSIONED void NAME(optimise_adagrad)(REAL *restrict x, const REAL *restrict gradient,
                                           REAL *restrict square, size_t count, REAL rate,
                                           REAL decay, REAL epsilon) {
    IN_LANES for (size_t i = 0; i < count; i++) {
        REAL g = gradient[i] + decay * x[i];
        square[i] += g * g;
        x[i] -= rate * (g / (ROOT(square[i]) + epsilon));
    }
}

MULTIVERSIONED void NAME(optimise_rmsprop)(REAL *restrict x, const REAL *restrict gradient,
                                           REAL *restrict square, size_t count, REAL rate,
                                           REAL decay, REAL kept, REAL added, REAL epsilon) {
    IN_LANES for (size_t i = 0; i < count; i++) {
        REAL g = gradient[i] + decay * x[i];
        square[i] = kept * square[i] + added * (g * g);
        x[i] -= rate * (g / (ROOT(square[i]) + epsilon));
    }
}

MULTIVERSIONED void NAME(optimise_rmsprop_momentum)(REAL *restrict x, const REAL *restrict gradient,
                                                    REAL *restrict square, REAL *restrict velocity,
                                                    size_t count, REAL rate, REAL decay, REAL kept,
                                                    REAL added, REAL epsilon, REAL momentum) {
    IN_LANES for (size_t i = 0; i < count; i++) {
        REAL g = gradient[i] + decay * x[i];
        square[i] = kept * square[i] + added * (g * g);
        velocity[i] = momentum * velocity[i] + g / (ROOT(square[i]) + epsilon);
        x[i] -= rate * velocity[i];
    }
}

// The mean moves by a fraction of its distance from g, so that a mean equal to g stays exactly where it is.
// The mean of m and g, with the share a of g, is m + a (g − m), or from a half on g + (a − 1) (g − m): g itself for a =
// 1, even if g is lost in g − m. PyTorch's lerp does the same.
MULTIVERSIONED void NAME(optimise_adam)(REAL *restrict x, const REAL *restrict gradient,
                                        REAL *restrict mean, REAL *restrict square, size_t count,
                                        REAL rate, REAL decay, REAL shrink, REAL mean_added,
                                        REAL kept, REAL added, REAL scale, REAL epsilon) {
    int is_small = mean_added < (REAL)0.5;
    REAL share = is_small ? mean_added : mean_added - 1;
    IN_LANES for (size_t i = 0; i < count; i++) {
        REAL g = gradient[i] + decay * x[i];
        mean[i] = (is_small ? mean[i] : g) + share * (g - mean[i]);
        square[i] = kept * square[i] + added * (g * g);
        x[i] = shrink * x[i] - rate * (mean[i] / (ROOT(square[i]) * scale + epsilon));
    }
}
#undef ROOT
