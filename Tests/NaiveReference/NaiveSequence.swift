/// One sequence: x_1 … x_N, d_1 … d_N with the weight of each step's loss (one of both if the sequence has a single
/// output), and s_0 and c_0 of each cell.
public struct NaiveSequence: Sendable {
    public var x: [[Double]]
    public var d: [[Double]]
    public var weight: [Double]
    /// The weight of each value of d_t, by step; a value of weight 0 may be NaN. All 1 if empty.
    public var valueWeight: [[Double]] = []
    /// By layer and direction.
    public var s0: [[[Double]]]
    /// By layer and direction, those of cells without c being of no account; zeros if empty.
    public var c0: [[[Double]]]
    /// Factors of each layer's outputs, by layer, step and unit; none if empty.
    public var outputMask: [[[Double]]] = []
    /// Factors of s_{t−1}, by layer, direction and unit; none if empty.
    public var stateMask: [[[Double]]] = []
    /// Factors of what the read-out sees, for each output; none if empty.
    public var readOutMask: [[Double]] = []

    public init(x: [[Double]], d: [[Double]], weight: [Double], s0: [[[Double]]], c0: [[[Double]]] = []) {
        self.x = x
        self.d = d
        self.weight = weight
        self.s0 = s0
        self.c0 = c0
    }

    /// A row for each output, with elements dropped.
    func readOutMasked(_ rows: [[Double]]) -> [[Double]] {
        if readOutMask.isEmpty { return rows }
        return zip(rows, readOutMask).map { row, mask in zip(row, mask).map { $0 * $1 } }
    }
}
