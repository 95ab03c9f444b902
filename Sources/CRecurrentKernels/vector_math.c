// All kernels, for float and for double. See include/CRecurrentKernels.h for what they promise.
#include "CRecurrentKernels.h"

#include <math.h>
#include <string.h>

// Three versions of each function, chosen by the loader: AVX-512 (level 4), FMA and AVX2 (level 3), or the
// baseline. Without the width the compiler would use half a register of AVX-512.
#if defined(__x86_64__) && defined(__gnu_linux__)
#define MULTIVERSIONED                                                                             \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"),                   \
                   min_vector_width(512)))
#else
#define MULTIVERSIONED
#endif

// Before a loop over elements: as many at once as a register of AVX-512 holds, several registers elsewhere.
#define IN_LANES _Pragma("clang loop vectorize_width(LANES)")

// Helpers must be inlined into each version to be compiled for its processor, in debug builds too.
#define INLINE static inline __attribute__((always_inline))

// Asks for a row before its turn. Rows picked from a large table stand where no processor expects them; of long ones
// it sees the rest coming.
#define ROWS_AHEAD 8
INLINE void fetch_row(const void *row, size_t bytes) {
    for (size_t i = 0; i < bytes && i < 512; i += 64) __builtin_prefetch((const char *)row + i);
}

#include "real_f64.h"
#include "elementwise.h"
#include "rows.h"
#include "losses.h"
#include "optimisers.h"
#include "real_undefine.h"

#include "real_f32.h"
#include "elementwise.h"
#include "rows.h"
#include "losses.h"
#include "optimisers.h"

const char *vector_unit(void) {
#if defined(__x86_64__) && defined(__gnu_linux__)
    if (__builtin_cpu_supports("x86-64-v4")) return "AVX-512";
    return __builtin_cpu_supports("x86-64-v3") ? "AVX2 with FMA" : "SSE2";
#elif defined(__aarch64__)
    return "NEON";
#else
    return "baseline";
#endif
}
