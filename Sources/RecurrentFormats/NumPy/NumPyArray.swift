import Foundation

/// An array of real numbers in a `.npy` file, as `numpy.save` writes it.
///
///     \x93NUMPY | version | header length | {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } | elements
///
/// Read are floating-point numbers of 2, 4 and 8 bytes, signed and unsigned integers of 1 to 8 bytes and
/// booleans, in both byte orders and both orders of elements, in versions 1, 2 and 3 of the format. Each becomes
/// the Double of the same value; an integer beyond 2⁵³ that no Double equals is an error. NaN and infinities are
/// kept; only ``sequences()`` refuses them.
public struct NumPyArray: Sendable {
    /// The dimensions, the slowest first; empty for a single number.
    public let shape: [Int]
    /// Row-major: the last index runs fastest. Their number is the product of `shape`.
    public let values: [Double]
    /// The name of the array in errors.
    let path: String

    /// - Precondition: `shape` has at most 64 dimensions, none negative, and their product is the number of values.
    public init(shape: [Int], values: [Double]) {
        require(
            shape.count <= Tuning.numPyDimensions && Self.count(shape) == values.count,
            "\(values.count) values for shape \(shape)")
        self.init(shape: shape, values: values, path: "array")
    }

    init(shape: [Int], values: [Double], path: String) {
        (self.shape, self.values, self.path) = (shape, values, path)
    }

    /// The number of elements, or nil if a dimension is negative or the product is beyond an Int.
    static func count(_ shape: [Int]) -> Int? {
        guard shape.allSatisfy({ $0 >= 0 }) else { return nil }
        if shape.contains(0) { return 0 }
        return shape.reduce(1 as Int?) { count, dimension in
            let product = count?.multipliedReportingOverflow(by: dimension)
            return product?.overflow == false ? product?.partialValue : nil
        }
    }

    /// The array as sequences of steps of features. Shape B × T × I is B sequences (`batch_first=True` in PyTorch),
    /// shape T × I one sequence, shape T one sequence of width 1.
    ///
    /// - Throws: `FileError` for any other shape, for an array without values, and naming a value that is not
    ///   finite.
    public func sequences() throws(FileError) -> [[[Double]]] {
        guard 1...3 ~= shape.count else {
            throw problem(
                "\(shape.count) dimensions, \(shape); reshape it to sequences × steps × features, steps × features "
                    + "or steps")
        }
        if values.isEmpty { throw problem("an array of shape \(shape) has no values; save one that has") }
        let full = shape.count == 1 ? [1, shape[0], 1] : Array(repeating: 1, count: 3 - shape.count) + shape
        let (B, T, I) = (full[0], full[1], full[2])
        if let index = values.firstIndex(where: { !$0.isFinite }) {
            let (sequence, step, feature) = (index / I / T, index / I % T, index % I)
            throw problem(
                "feature \(feature) of step \(step) of sequence \(sequence) is \(values[index]), counted from 0; "
                    + "replace it by a number")
        }
        let rows = (0..<B * T).map { Array(values[$0 * I..<($0 + 1) * I]) }
        return (0..<B).map { Array(rows[$0 * T..<($0 + 1) * T]) }
    }

    func problem(_ text: String) -> FileError { FileError(path: path, problem: text) }
}
