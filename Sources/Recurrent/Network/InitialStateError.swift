import RecurrentLinearAlgebra

/// A given s_0 with a number that is NaN or infinite. Every output after it would be too, or wrong without a sign of it.
public struct InitialStateError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The row of s_0.
    public let sequence: Int
    /// The column of s_0, which has the states of all layers and directions side by side.
    public let column: Int

    public var description: String {
        "s_0 of sequence \(sequence) is NaN or infinite at column \(column); give finite numbers, or zero for a sequence that begins"
    }

    /// - Throws: `InitialStateError` naming the first number of s_0 that is not finite.
    static func check<S: Scalar>(_ initialState: Matrix<S>?) throws(InitialStateError) {
        guard let s = initialState, !s.withView({ $0.isFinite }) else { return }
        for sequence in 0..<s.rows {
            for column in 0..<s.columns where !s[sequence, column].isFinite {
                throw InitialStateError(sequence: sequence, column: column)
            }
        }
    }
}
