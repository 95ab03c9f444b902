/// Every tolerance of these tests, relative to the largest magnitude of what is compared, and why it
/// is what it is. What is exact has none.
enum Tolerance {
    /// Engine against scalar loops in Double: sums of up to a few hundred terms in another order,
    /// carried through 17 timesteps. Measured: below 1e-14.
    static let naive = 1e-12
    /// The same in Float, whose precision is 2^29 times coarser.
    static let naiveInFloat = 2e-4
    /// Two routes to the same sums in Double, through Jacobian products and through BPTT.
    static let unfolded = 1e-13
    /// Ten losses of PyTorch's training run in double precision, where errors of a step enter the
    /// next.
    static let run = 1e-12
    /// Losses of labels without alignment, and their gradients, against PyTorch's: sums of logarithms in another order.
    /// Measured: below 1e-12.
    static let alignments = 1e-10
    /// Fifty steps of an optimiser against PyTorch, element by element: the same few operations a step, some
    /// contracted into FMA. Measured: below 3e-14.
    static let optimiser = 1e-12
    /// The same in Float; most is lost where gradients of changing sign cancel. Measured: below 2e-5.
    static let optimiserInFloat = 5e-5
    /// Learning rates: one formula against PyTorch's recursions over 40 steps, which cancel near the end of a
    /// cosine. Measured: below 2e-14.
    static let schedule = 1e-12
    /// Points of L-BFGS against PyTorch's: the same arithmetic in another order, and a line search multiplies
    /// each difference. Measured over 25 iterations: below 4e-13.
    static let lineSearch = 1e-11
}
