/// The equations of a recurrent layer: how z_t and the state before become the state s_t.
public enum RecurrentCell: Equatable, Sendable {
    /// s_t = Φ(z_t), the simple recurrent cell (Elman 1990); Φ is tanh by default.
    case elman(Activation = .tanh)
    /// Long short-term memory with a forget gate (Hochreiter and Schmidhuber 1997; Gers, Schmidhuber, Cummins 2000).
    /// Its state is s and c.
    case lstm
    /// The gated recurrent unit (Cho and others 2014); the reset after the product, as in PyTorch, by default.
    case gru(GRUReset = .afterProduct)

    /// G, the gates: z_t has G·H columns, H for each.
    public var gates: Int { shape.gates }

    /// Φ of an Elman cell; nil for cells of other equations.
    ///
    /// This is the one place that says what is right for Elman cells only. It rests on s_t = Φ(z_t), and so on
    /// ∂s_t/∂s_{t−1} = W_s diag(Φ'(z_t)): the gradient written out term by term, Jacobians and their decay, the spectrum
    /// of a square W_s, and a history of exactly k steps.
    public var activation: Activation? {
        switch self {
        case .elman(let activation): activation
        case .lstm, .gru: nil
        }
    }

    var shape: CellShape {
        switch self {
        case .elman: ElmanCell.shape
        case .lstm: LSTMCell.shape
        case .gru(.afterProduct): GRUCell.shape
        case .gru(.beforeProduct): ResetFirstGRUCell.shape
        }
    }
}

/// The place of a GRU's reset gate r.
public enum GRUReset: String, CaseIterable, Sendable {
    /// n = tanh(x W_x[n] + b_s[n] + r ⊙ (s₋ W_s[n] + b_n)), as PyTorch, cuDNN and Keras by default have it.
    case afterProduct
    /// n = tanh(x W_x[n] + b_s[n] + (r ⊙ s₋) W_s[n]), the first published form and ONNX's default. Two products in a row
    /// for each step.
    case beforeProduct
}
