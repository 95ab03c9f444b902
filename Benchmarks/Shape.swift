/// The dimensions of a workload and its cell; O = I.
struct Shape: CustomStringConvertible {
    var T: Int
    var B: Int
    var I: Int
    var H: Int
    var cell = CellKind.elman
    var O: Int { I }
    /// G·H
    var gateWidth: Int { cell.gates * H }

    var description: String { "\(T), \(B), \(I), \(H)" }

    /// The floating-point operations of a forward pass.
    var forwardOperations: Double { 2 * Double(T * B) * Double(I * gateWidth + H * gateWidth + H * O) }

    /// The floating-point operations of a training step: three products for each weight, less the gradient of the
    /// inputs.
    var trainingOperations: Double { 3 * forwardOperations - 2 * Double(T * B * I * gateWidth) }

    static func grid(of cell: CellKind) -> [Shape] {
        [
            Shape(T: 50, B: 1, I: 32, H: 64, cell: cell),
            Shape(T: 200, B: 8, I: 16, H: 32, cell: cell),
            Shape(T: 50, B: 16, I: 32, H: 64, cell: cell),
            Shape(T: 50, B: 32, I: 64, H: 128, cell: cell),
            Shape(T: 50, B: 32, I: 128, H: 256, cell: cell),
            Shape(T: 100, B: 64, I: 128, H: 256, cell: cell),
            Shape(T: 50, B: 64, I: 256, H: 512, cell: cell),
            Shape(T: 35, B: 128, I: 512, H: 1024, cell: cell),
        ]
    }

    static func ragged(of cell: CellKind) -> Shape { Shape(T: 100, B: 64, I: 32, H: 128, cell: cell) }

    /// Lengths of `ragged` from 10 to 100 in no particular order, with a mean of 52.
    static let raggedLengths = (0..<64).map { sequence in
        let place = sequence * 37 % 64
        return 10 + place * (place + 240) * 90 / (63 * 303)
    }
}
