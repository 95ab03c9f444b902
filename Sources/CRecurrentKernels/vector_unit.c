#include "CRecurrentKernels.h"

const char *recurrent_vector_unit(void) {
#if defined(__x86_64__) && defined(__gnu_linux__)
    if (__builtin_cpu_supports("x86-64-v4")) return "AVX-512";
    return __builtin_cpu_supports("x86-64-v3") ? "AVX2 with FMA" : "SSE2";
#elif defined(__aarch64__)
    return "NEON";
#else
    return "baseline";
#endif
}
