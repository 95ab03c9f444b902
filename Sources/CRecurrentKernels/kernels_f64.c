// All kernels for double.
#include "kernels.h"

#include "real_f64.h"

// In this order: losses use functions over rows.
#include "elementwise.h"
#include "rows.h"
#include "losses.h"
#include "optimisers.h"
