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
