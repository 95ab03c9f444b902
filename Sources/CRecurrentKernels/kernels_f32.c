// All kernels for float.
#include "kernels.h"

#include "real_f32.h"

// In this order: cells and losses use the elementwise functions, losses those over rows.
#include "elementwise.h"
#include "rows.h"
#include "cells.h"
#include "losses.h"
#include "value_losses.h"
#include "optimisers.h"
