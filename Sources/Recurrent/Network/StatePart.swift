/// A part of a cell's state.
public enum StatePart: Sendable {
    /// The state that the next layer and the read-out see.
    case s
    /// The cell state of an LSTM.
    case c
}
