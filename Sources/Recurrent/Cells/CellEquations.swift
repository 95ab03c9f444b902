import RecurrentLinearAlgebra

/// The equations of a recurrent cell over the rows of one timestep, forwards and back.
///
/// The unfolding owns everything else: memory, the order of the steps, dropout, clipping, and the products.
///
///     forwards :  Z_t += drop(S₋) W_s          then `forward`
///     backwards:  `backward`                   then δS₋ += drop(δZ_t W_sᵀ)
///
/// A cell whose candidate is multiplied after the reset has a first half each way:
///
///     forwards :  `forwardReset`               then Z_t[n] += P_t W_s[n], and `forward`
///     backwards:  `backward`                   then δP_t = δZ_t[n] W_s[n]ᵀ, and `backwardReset`
///
/// A cell is added as a file beside `ElmanCell` and as a case of `RecurrentCell`, whose switches the compiler then names.
protocol CellEquations {
    static var shape: CellShape { get }

    /// s_t from z_t.
    func forward<S: Scalar>(_ step: ForwardStep<S>)

    /// δz_t from δs_t.
    func backward<S: Scalar>(_ step: BackwardStep<S>)

    /// p_t, with which W_s[n] is multiplied, from z_t.
    func forwardReset<S: Scalar>(_ step: ForwardStep<S>)

    /// The rest of δz_t from δp_t, which becomes its share of δs_{t−1}.
    func backwardReset<S: Scalar>(_ step: BackwardStep<S>, δp: MutableMatrixView<S>)

    /// The number of elements of some rows of Z, as the way forwards leaves them, that are saturated.
    func saturatedCount<S: Scalar>(of z: MatrixView<S>) -> Int
}

extension CellEquations {
    func forwardReset<S: Scalar>(_ step: ForwardStep<S>) {}
    func backwardReset<S: Scalar>(_ step: BackwardStep<S>, δp: MutableMatrixView<S>) {}
}

extension RecurrentCell {
    @inline(__always)
    func forward<S: Scalar>(_ step: ForwardStep<S>) {
        switch self {
        case .elman(let activation): ElmanCell(activation: activation).forward(step)
        case .lstm: LSTMCell().forward(step)
        case .gru(.afterProduct): GRUCell().forward(step)
        case .gru(.beforeProduct): ResetFirstGRUCell().forward(step)
        }
    }

    @inline(__always)
    func backward<S: Scalar>(_ step: BackwardStep<S>) {
        switch self {
        case .elman(let activation): ElmanCell(activation: activation).backward(step)
        case .lstm: LSTMCell().backward(step)
        case .gru(.afterProduct): GRUCell().backward(step)
        case .gru(.beforeProduct): ResetFirstGRUCell().backward(step)
        }
    }

    func forwardReset<S: Scalar>(_ step: ForwardStep<S>) {
        if case .gru(.beforeProduct) = self { ResetFirstGRUCell().forwardReset(step) }
    }

    func backwardReset<S: Scalar>(_ step: BackwardStep<S>, δp: MutableMatrixView<S>) {
        if case .gru(.beforeProduct) = self { ResetFirstGRUCell().backwardReset(step, δp: δp) }
    }

    func saturatedCount<S: Scalar>(of z: MatrixView<S>) -> Int {
        switch self {
        case .elman(let activation): ElmanCell(activation: activation).saturatedCount(of: z)
        case .lstm: LSTMCell().saturatedCount(of: z)
        case .gru(.afterProduct): GRUCell().saturatedCount(of: z)
        case .gru(.beforeProduct): ResetFirstGRUCell().saturatedCount(of: z)
        }
    }
}
