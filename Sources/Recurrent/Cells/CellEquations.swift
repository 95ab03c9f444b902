import RecurrentLinearAlgebra

/// The equations of a recurrent cell over the rows of one timestep, forwards and back.
///
/// The unfolding owns everything else: memory, the order of the steps, dropout, clipping, and the one product each way.
///
///     forwards :  Z_t += drop(S₋) W_s          then `forward`
///     backwards:  `backward`                   then δS₋ += drop(δZ_t W_sᵀ)
///
/// A cell is added as a file beside `ElmanCell` and as a case of `RecurrentCell`, whose switches the compiler then names.
protocol CellEquations {
    /// G, the gates: z_t has G·H columns.
    static var gates: Int { get }

    /// s_t from z_t.
    func forward<S: Scalar>(_ step: ForwardStep<S>)

    /// δz_t from δs_t.
    func backward<S: Scalar>(_ step: BackwardStep<S>)

    /// The number of elements of some states that are saturated.
    func saturatedCount<S: Scalar>(of s: MatrixView<S>) -> Int
}

extension RecurrentCell {
    @inline(__always)
    func forward<S: Scalar>(_ step: ForwardStep<S>) {
        switch self {
        case .elman(let activation): ElmanCell(activation: activation).forward(step)
        }
    }

    @inline(__always)
    func backward<S: Scalar>(_ step: BackwardStep<S>) {
        switch self {
        case .elman(let activation): ElmanCell(activation: activation).backward(step)
        }
    }

    func saturatedCount<S: Scalar>(of s: MatrixView<S>) -> Int {
        switch self {
        case .elman(let activation): ElmanCell(activation: activation).saturatedCount(of: s)
        }
    }
}
