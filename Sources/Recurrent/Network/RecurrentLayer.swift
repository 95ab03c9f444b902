/// One recurrent layer of a network: z_t = x_t W_x + s_{t−1} W_s + b_s, from which its cell makes s_t; x_t is the output
/// of the layer below. Read backwards, s_{t+1} takes the place of s_{t−1}.
public struct RecurrentLayer: Equatable, Sendable {
    /// H, the width of the state of one direction.
    public let stateWidth: Int
    public let cell: RecurrentCell
    public let directions: Directions
    /// True if there is a b_s.
    public let hasBias: Bool
    /// True if there is a W_s. Without it the layer is feedforward: every timestep stands alone.
    public let isRecurrent: Bool

    /// - Parameters:
    ///   - cell: its equations; Elman's with tanh by default.
    ///   - stateWidth: H.
    ///   - directions: forward by default.
    ///   - bias: true for a b_s; the default.
    ///   - recurrent: true for a W_s; the default.
    /// - Precondition: H is at least 1.
    public init(
        _ cell: RecurrentCell = .elman(), stateWidth: Int, directions: Directions = .forward,
        bias: Bool = true,
        recurrent: Bool = true
    ) {
        requireWidth(stateWidth, "H")
        self.stateWidth = stateWidth
        self.cell = cell
        self.directions = directions
        hasBias = bias
        isRecurrent = recurrent
    }

    /// The width of the input of the next layer, or of the read-out.
    public var outputWidth: Int { directions == .bidirectional ? 2 * stateWidth : stateWidth }
}
