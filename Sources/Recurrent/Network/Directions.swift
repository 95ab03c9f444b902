/// The directions in which a layer reads a sequence, and how the states of two become one output.
public enum Directions: String, CaseIterable, Sendable, Codable {
    /// From the first step to the last.
    case forward
    /// Both ways, by two cells with weights of their own; their states side by side, width 2·H.
    case bidirectional
    /// Both ways; the sum of the two states, width H.
    case bidirectionalSum = "bidirectional-sum"

    /// The number of cells of a layer: 1 or 2.
    public var count: Int { self == .forward ? 1 : 2 }
}
