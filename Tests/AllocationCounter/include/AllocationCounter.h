// Counts how often a program allocates. An executable that links this has its own malloc and related functions, which
// the program and its libraries find before those of the C library; each counts the call and passes it on.
#pragma once

/// The number of allocations by all threads since the program began, except those that a BLAS library makes inside its own
/// functions; −1 if they cannot be counted.
long allocation_count(void);

/// The largest allocation of the same kind, in bytes, by the calling thread since its last call of this function; −1 if it
/// cannot be known.
long largest_allocation(void);
