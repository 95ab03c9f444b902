// The tuning constants of the kernels: each with its value and what it trades. Measured on a 2-core AMD EPYC (Zen 4
// with AVX-512), last in November 2026. Only the last one changes a result.
#pragma once

// The number of rows by which a row picked from a table is prefetched before its turn. Fewer come too late from
// memory; more may be gone from the first cache again.
#define PREFETCHED_ROWS 8

// The bytes of such a row that are prefetched. Of longer rows the processor sees the rest coming.
#define PREFETCHED_BYTES 512

// The registers of sums that a pass over the rows keeps. Fewer read the rows more often; more do not stay in
// registers.
#define SUM_REGISTERS 4

// The rows of float that are added up before the sum is corrected. Fewer take more time; more lose up to that many
// roundings. Results depend on it.
#define SUMMED_ROWS 64
