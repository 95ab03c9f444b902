import LinearAlgebra

/// A series cut into windows of equal length, each to predict the value that follows it.
public struct SeriesWindows<S: Scalar>: Sendable {
    public let values: [S]
    /// The number of values in a window, T.
    public let length: Int

    /// - Precondition: `length` is at least 1.
    public init(_ values: [S], length: Int) {
        precondition(length > 0, "a window of \(length) values is empty")
        self.values = values
        self.length = length
    }

    /// The windows before these positions as a batch of B = positions.count sequences of width 1,
    /// and for every step the value that follows.
    ///
    /// - Precondition: each position has `length` values before it; the position itself may be the
    ///   end of the series only if the targets are not used.
    /// - Throws: `DataError` for values that are not finite.
    public func batch(
        before positions: some Collection<Int>
    ) throws(DataError) -> (inputs: SequenceBatch<S>, following: Matrix<S>) {
        let positions = Array(positions)
        for position in positions {
            precondition(
                position >= length && position <= values.count,
                "position \(position) has no window of \(length) values before it")
        }
        func matrix(shiftedBy shift: Int) -> Matrix<S> {
            Matrix(rows: length * positions.count, columns: 1) { row, _ in
                let index = positions[row % positions.count] - length + row / positions.count + shift
                return index < values.count ? values[index] : 0
            }
        }
        let inputs = try SequenceBatch(
            inputs: matrix(shiftedBy: 0), steps: length, sequences: positions.count)
        return (inputs, matrix(shiftedBy: 1))
    }
}
