/// The results of a forward and a backward pass. States, outputs and gradients of x are by sequence; the others are sums
/// over all sequences.
public struct NaiveResult: Sendable {
    public var E = 0.0
    /// By layer and direction: s of each sequence at each step.
    public var s: [[[[[Double]]]]]
    /// c likewise, empty at every step of a cell that has none.
    public var c: [[[[[Double]]]]]
    /// a and y of each sequence, at each step or once.
    public var a: [[[Double]]] = []
    public var y: [[[Double]]] = []
    public var cells: [[NaiveCellGradient]]
    public var embedding: [[Double]]?
    public var Wy: [[Double]]
    public var by: [Double]
    public var x: [[[Double]]] = []
}

/// The gradients of one cell.
public struct NaiveCellGradient: Sendable {
    public var Wx: [[Double]]
    public var Ws: [[Double]]
    public var bs: [Double]
    public var bn: [Double]
    /// By sequence; of c_0 empty rows if the cell has no c.
    public var s0: [[Double]] = []
    public var c0: [[Double]] = []
}
