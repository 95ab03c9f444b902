/// The widths of a workload, O = I.
struct Shape: CustomStringConvertible {
    let T: Int
    let B: Int
    let I: Int
    let H: Int
    var O: Int { I }

    var description: String { "\(T), \(B), \(I), \(H)" }

    /// The floating-point operations of a training step: three products of each kind, without the
    /// input gradient.
    var operations: Double {
        6 * Double(T * B) * Double(I * H + H * H + H * O) - 2 * Double(T * B * I * H)
    }

    static let grid = [
        Shape(T: 50, B: 1, I: 32, H: 64),
        Shape(T: 200, B: 8, I: 16, H: 32),
        Shape(T: 50, B: 16, I: 32, H: 64),
        Shape(T: 50, B: 32, I: 64, H: 128),
        Shape(T: 50, B: 32, I: 128, H: 256),
        Shape(T: 100, B: 64, I: 128, H: 256),
        Shape(T: 50, B: 64, I: 256, H: 512),
        Shape(T: 35, B: 128, I: 512, H: 1024),
    ]
}
