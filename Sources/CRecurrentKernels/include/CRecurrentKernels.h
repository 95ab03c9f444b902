// Elementwise and row-wise functions over arrays of float (f32) and double (f64); `declarations.h` lists them.
//
// Every function is deterministic: the result of an element depends on that element (that of a row on its row)
// and, except for dropout, not on its place in the array, so work may be cut anywhere without changing a bit. On
// x86-64 Linux each function exists three times, for the baseline, for AVX2 with FMA and for AVX-512; the loader
// chooses one for the processor. The last two give the same bits.
//
// Matrices are row-major and tight: element (r, c) is at [r * columns + c]. All names begin with `recurrent_`, so
// that they collide with those of no other library in a program.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// The name of the vector unit that the functions use on this processor, for people.
const char *recurrent_vector_unit(void);

/// Tells the processor that the thread looks at the same place again and again.
static inline void recurrent_spin(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

/// Losses against rows of values.
enum {
    RECURRENT_LOSS_SQUARED,
    RECURRENT_LOSS_ABSOLUTE,
    RECURRENT_LOSS_HUBER,
    RECURRENT_LOSS_QUANTILE,
    RECURRENT_LOSS_POISSON,
    RECURRENT_LOSS_BINARY_CROSS_ENTROPY,
    RECURRENT_LOSS_GAUSSIAN,
    RECURRENT_LOSS_SOFT_CROSS_ENTROPY
};

/// The function whose values a loss compares with its targets.
enum { RECURRENT_OUTPUT_LINEAR, RECURRENT_OUTPUT_SIGMOID, RECURRENT_OUTPUT_SOFTMAX };

#define REAL float
#define NAME(function) recurrent_##function##_f32
#include "../declarations.h"
#undef REAL
#undef NAME

#define REAL double
#define NAME(function) recurrent_##function##_f64
#include "../declarations.h"
#undef REAL
#undef NAME
