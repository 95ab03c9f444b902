import Foundation
import Recurrent

/// All values of a tensor: a row for each index of the leading dimensions, a column for each index of the last one;
/// a vector as one column. Indices are counted from 0.
struct TensorValues {
    /// The most values that are shown; more are for programs that read the file themselves.
    static let limit = 65_536

    let table: Table

    init(_ tensor: Safetensors.Tensor) throws {
        guard let numbers = tensor.numbers else {
            throw CommandFailure(
                "tensor '\(tensor.name)' has the type \(tensor.type.rawValue), whose values are not shown; convert it to F32"
            )
        }
        guard 1...Self.limit ~= numbers.count else {
            throw CommandFailure(
                "tensor '\(tensor.name)' has \(numbers.count) values; 1 to \(Self.limit) are shown")
        }
        let isMatrix = tensor.shape.count >= 2
        let columns = isMatrix ? tensor.shape[tensor.shape.count - 1] : 1
        let leading = isMatrix ? Array(tensor.shape.dropLast()) : tensor.shape
        var table = Table(["place"] + (isMatrix ? (0..<columns).map(String.init) : ["value"]))
        for start in stride(from: 0, to: numbers.count, by: columns) {
            let cells = numbers[start..<start + columns].map { Cell(significant: $0) }
            table.add([Cell(Self.place(start / columns, in: leading))] + cells)
        }
        self.table = table
    }

    /// The indices of a row in the leading dimensions: "2,0" for row 2 · shape[1] + 0.
    private static func place(_ row: Int, in shape: [Int]) -> String {
        var (rest, places) = (row, [Int]())
        for size in shape.reversed() {
            places.append(rest % size)
            rest /= size
        }
        return places.reversed().map(String.init).joined(separator: ",")
    }
}
