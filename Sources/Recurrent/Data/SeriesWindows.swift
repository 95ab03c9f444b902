import RecurrentLinearAlgebra

/// A series cut into windows of equal length, each of which predicts the values that follow it.
public struct SeriesWindows<S: Scalar>: Sendable {
    /// Times × values of one time, row by row.
    public let values: [S]
    /// I, the number of values at each time.
    public let width: Int
    /// T, the number of times in a window.
    public let length: Int

    /// The number of times in the series.
    public var count: Int { values.count / width }

    /// - Precondition: `length` and `width` are at least 1, and `values` holds `width` values for every time.
    public init(_ values: [S], width: Int = 1, length: Int) {
        require(length > 0, "a window of \(length) values is empty")
        require(
            width > 0 && values.count % width == 0, "\(values.count) values are not rows of \(width)")
        self.values = values
        self.width = width
        self.length = length
    }

    /// The windows before these positions as a batch of B = positions.count sequences of width I,
    /// and for every step the values that follow.
    ///
    /// - Precondition: each position has `length` times before it; the position itself may be the
    ///   end of the series only if the targets are not used.
    /// - Throws: `DataError` for values that are not finite.
    public func batch(
        before positions: some Collection<Int>
    ) throws(DataError) -> (inputs: SequenceBatch<S>, following: Matrix<S>) {
        let positions = Array(positions)
        for position in positions {
            require(
                position >= length && position <= count,
                "position \(position) has no window of \(length) values before it")
        }
        func matrix(shiftedBy shift: Int) -> Matrix<S> {
            Matrix(rows: length * positions.count, columns: width) { row, column in
                let time = positions[row % positions.count] - length + row / positions.count + shift
                return time < count ? values[time * width + column] : 0
            }
        }
        let inputs = try SequenceBatch(
            inputs: matrix(shiftedBy: 0), steps: length, sequences: positions.count)
        return (inputs, matrix(shiftedBy: 1))
    }
}
