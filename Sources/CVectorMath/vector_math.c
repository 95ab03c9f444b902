// All kernels, for float and for double. See include/CVectorMath.h for what they promise.
#include "CVectorMath.h"

#include <math.h>
#include <string.h>

// Two versions of each function, chosen by the loader: FMA and AVX2 (level 3), or the baseline.
#if defined(__x86_64__) && defined(__gnu_linux__)
#define MULTIVERSIONED __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define MULTIVERSIONED
#endif

// Helpers must be inlined into each version to be compiled for its processor, in debug builds too.
#define INLINE static inline __attribute__((always_inline))

#include "real_f64.h"
#include "elementwise.h"
#include "rows.h"
#include "losses.h"
#include "real_undefine.h"

#include "real_f32.h"
#include "elementwise.h"
#include "rows.h"
#include "losses.h"

const char *vector_unit(void) {
#if defined(__x86_64__) && defined(__gnu_linux__)
    return __builtin_cpu_supports("x86-64-v3") ? "AVX2 with FMA" : "SSE2";
#elif defined(__aarch64__)
    return "NEON";
#else
    return "baseline";
#endif
}
