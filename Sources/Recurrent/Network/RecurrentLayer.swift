/// The directions in which a layer reads a sequence, and how the states of two become one output.
public enum Directions: String, CaseIterable, Sendable, Codable {
    /// From the first step to the last.
    case forward
    /// Both ways, by two cells with weights of their own; their states side by side, width 2·H.
    case bidirectional
    /// Both ways; the sum of the two states, width H.
    case bidirectionalSum = "bidirectional-sum"

    /// How many cells a layer has: 1 or 2.
    public var count: Int { self == .forward ? 1 : 2 }
}

/// One recurrent layer of a network: z_t = x_t W_x + s_{t−1} W_s + b_s, from which its cell makes s_t; x_t is the output
/// of the layer below. Read backwards, s_{t+1} takes the place of s_{t−1}.
public struct RecurrentLayer: Equatable, Sendable {
    /// H, the width of the state of one direction.
    public let stateWidth: Int
    public let cell: RecurrentCell
    public let directions: Directions
    /// Whether there is a b_s.
    public let hasBias: Bool
    /// Whether there is a W_s. Without it the layer is feedforward: every timestep stands alone.
    public let isRecurrent: Bool

    /// - Parameters:
    ///   - cell: its equations; Elman's with tanh by default.
    ///   - stateWidth: H.
    ///   - directions: forward by default.
    ///   - bias: whether there is a b_s; yes by default.
    ///   - recurrent: whether there is a W_s; yes by default.
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

    /// The width of what the next layer, or the read-out, sees.
    public var outputWidth: Int { directions == .bidirectional ? 2 * stateWidth : stateWidth }
}

/// What the outputs are computed from.
public enum ReadOut: String, CaseIterable, Sendable, Codable {
    /// An output for every step: y_t = σ(s_t W_y + b_y).
    case everyStep = "every-step"
    /// One output for a sequence, from the state after its last valid step; of a layer that reads both ways,
    /// from the state of each direction after its own last step.
    case lastStep = "last-step"
    /// One output for a sequence, from the mean of the states of its valid steps.
    case meanOverSteps = "mean-over-steps"
}

/// One direction of one layer: a recurrence with weights of its own.
struct LayerCell: Equatable, Sendable {
    /// Counted from 0.
    let layer: Int
    let isReverse: Bool
    /// The width of x_t.
    let inputWidth: Int
    /// H
    let width: Int
    let equations: RecurrentCell
    var activation: Activation { equations.activation ?? .tanh }
    let hasBias: Bool
    let isRecurrent: Bool
    /// Where its state stands among the states of all cells side by side.
    let columns: Range<Int>
    /// Where its state stands in the output of its layer.
    let outputColumns: Range<Int>

    func name(_ kind: ParameterName.Kind) -> ParameterName {
        ParameterName(kind, layer: layer, reverse: isReverse)
    }
}
