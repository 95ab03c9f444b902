// The common ground of all kernels; include/CRecurrentKernels.h says what they guarantee. kernels_f64.c and
// kernels_f32.c are the same file but for the type.
#pragma once
#include "CRecurrentKernels.h"

#include <math.h>
#include <string.h>

#include "tuning.h"

// Three versions of each function, one of which the loader chooses: AVX-512 (level 4), FMA and AVX2 (level 3), or
// the baseline. Without the width the compiler would use half of an AVX-512 register. The thread sanitizer instruments
// the function by which the loader chooses, which then crashes, since it runs before the sanitizer: only the baseline
// there.
#if defined(__x86_64__) && defined(__gnu_linux__) && !__has_feature(thread_sanitizer)
#define MULTIVERSIONED                                                                             \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"),                   \
                   min_vector_width(512)))
#else
#define MULTIVERSIONED
#endif

// For a loop over elements: as many at once as an AVX-512 register has, which is several registers elsewhere.
#define IN_LANES _Pragma("clang loop vectorize_width(LANES)")

// For what is left over.
#define IN_FOURS _Pragma("clang loop vectorize_width(4)")

// A function inside a kernel must be inlined to be compiled for the kernel's processor, in debug builds too.
#define INLINE static inline __attribute__((always_inline))

// Prefetches a row of a table. Where rows are picked by index no processor expects them.
INLINE void prefetch_row(const void *row, size_t bytes) {
    for (size_t i = 0; i < bytes && i < PREFETCHED_BYTES; i += 64)
        __builtin_prefetch((const char *)row + i);
}
