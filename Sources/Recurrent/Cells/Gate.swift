/// A gate of a cell, or the candidate for its new state, which has weights of the same form.
public enum Gate: String, CaseIterable, Sendable, Codable {
    /// i of an LSTM.
    case input
    /// f of an LSTM.
    case forget
    /// g of an LSTM, n of a GRU.
    case candidate
    /// o of an LSTM.
    case output
    /// r of a GRU.
    case reset
    /// z of a GRU.
    case update
}

/// The gates that the columns of a weight belong to, a block of H columns for each, in their order.
enum GateBlocks: Equatable, Sendable {
    /// W_x, W_s and b_s of an Elman cell.
    case candidate
    /// Those of an LSTM: i f g o.
    case lstm
    /// W_x and b_s of a GRU: n r z.
    case gruInputs
    /// W_s of a GRU: r z n.
    case gruStates

    var gates: [Gate] {
        switch self {
        case .candidate: [.candidate]
        case .lstm: [.input, .forget, .candidate, .output]
        case .gruInputs: [.candidate, .reset, .update]
        case .gruStates: [.reset, .update, .candidate]
        }
    }
}
