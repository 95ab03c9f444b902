// Counts how often a program asks for memory. An executable that links this has its own malloc and the
// like, which the program and all its libraries find before the C library's; each counts and calls that.
#pragma once

/// Requests for memory by all threads since the program began, but for those that a BLAS library makes inside its
/// own functions. −1 where they cannot be counted.
long allocation_count(void);

/// The largest request in bytes, of the same kind, by the calling thread since it last called this.
/// −1 where they cannot be counted.
long largest_allocation(void);
