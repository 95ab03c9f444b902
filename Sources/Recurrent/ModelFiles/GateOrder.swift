import RecurrentLinearAlgebra

// The order of gates in files is PyTorch's: i f g o of an LSTM, r z n of a GRU.
extension ParameterLayout.Part {
    private static let fileOrder: [Gate] = [.reset, .update, .input, .forget, .candidate, .output]

    private var gatesOfFile: [Gate] { Self.fileOrder.filter(gates.contains) }

    /// A part with its columns in the order of files.
    func columnsForFile<S: Scalar>(_ matrix: Matrix<S>) -> Matrix<S> {
        reordered(matrix, from: gates, to: gatesOfFile)
    }

    /// A part whose columns came in the order of files.
    func columnsFromFile<S: Scalar>(_ matrix: Matrix<S>) -> Matrix<S> {
        reordered(matrix, from: gatesOfFile, to: gates)
    }

    private func reordered<S: Scalar>(
        _ matrix: Matrix<S>, from source: [Gate], to target: [Gate]
    ) -> Matrix<S> {
        if source == target { return matrix }
        let width = columns / gates.count
        var result = matrix
        for (index, gate) in target.enumerated() {
            guard let place = source.firstIndex(of: gate) else { continue }
            result.withMutableView { result in
                matrix.withView {
                    result.columns(index * width..<(index + 1) * width)
                        .copy(from: $0.columns(place * width..<(place + 1) * width))
                }
            }
        }
        return result
    }
}
