/// The equations of a recurrent layer: how z_t and the state before become the state s_t.
public enum RecurrentCell: Equatable, Sendable {
    /// s_t = Φ(z_t), the simple recurrent cell (Elman 1990); Φ is tanh by default.
    case elman(Activation = .tanh)

    /// G, the gates: z_t has G·H columns, H for each.
    public var gates: Int {
        switch self {
        case .elman: ElmanCell.gates
        }
    }

    /// Φ of an Elman cell; nil for cells of other equations.
    ///
    /// This is the one place that says what is right for Elman cells only. It rests on s_t = Φ(z_t), and so on
    /// ∂s_t/∂s_{t−1} = W_s diag(Φ'(z_t)): the gradient written out term by term, Jacobians and their decay, the spectrum
    /// of a square W_s, and a history of exactly k steps.
    public var activation: Activation? {
        switch self {
        case .elman(let activation): activation
        }
    }
}
