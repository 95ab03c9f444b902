import NaiveReference
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems

/// Compares loss and gradients of the engine with the naive reference, for every cell, on the grid's small shapes and on
/// odd ones, ragged too. Prints a line for each cell, and one for each batch that is wrong.
///
/// - Returns: true if all are within the tolerance of the type.
func checkAgainstNaive<S: Scalar>(_ type: S.Type, workers: Int) throws -> Bool {
    // Sums of a few thousand terms in another order, through 50 timesteps: measured 5e-15 and 2e-6.
    let tolerance = S.self == Float.self ? 1e-4 : 1e-11
    var isRight = true
    for cell in CellKind.allCases {
        var worst = 0.0
        for (shape, lengths) in checkedShapes(cell) {
            let deviation = try Workload<S>(shape, lengths: lengths).deviationFromNaive(workers: workers)
            worst = max(worst, deviation)
            if deviation <= tolerance { continue }
            print(
                "check \(S.typeName) \(cell) \(shape)\(lengths == nil ? "" : " ragged"): \(deviation), WRONG")
        }
        print(
            "check \(S.typeName) \(cell): largest deviation from the naive reference \(worst), \(worst <= tolerance ? "right" : "WRONG")"
        )
        isRight = isRight && worst <= tolerance
    }
    return isRight
}

private func checkedShapes(_ cell: CellKind) -> [(Shape, [Int]?)] {
    [
        (Shape(T: 50, B: 1, I: 32, H: 64, cell: cell), nil),
        (Shape(T: 50, B: 16, I: 32, H: 64, cell: cell), nil),
        (Shape(T: 7, B: 3, I: 5, H: 13, cell: cell), nil),
        (Shape(T: 1, B: 17, I: 1, H: 3, cell: cell), nil),
        (Shape(T: 9, B: 130, I: 5, H: 13, cell: cell), nil),
        (Shape(T: 20, B: 9, I: 12, H: 40, cell: cell), [3, 20, 7, 1, 9, 9, 15, 20, 2]),
        // Shared by teams.
        (Shape(T: 6, B: 1, I: 5, H: 260, cell: cell), nil),
        (Shape(T: 5, B: 5, I: 5, H: 260, cell: cell), [3, 5, 1, 4, 4]),
    ]
}

extension Workload {
    /// The largest relative deviation of loss and gradients from the naive reference.
    fileprivate func deviationFromNaive(workers: Int) throws -> Double {
        let unfolding = Unfolding(for: network, workers: workers)
        let E = try unfolding.lossAndGradient(of: network, on: batch, objective)
        let naive = NaiveNetwork(network).run(naiveSequences, .squared(factor: 0.5))
        let parts = network.parameters.layout.parts.map { part in
            deviation(unfolding.gradient[part.name]!, Matrix(naive.gradient(part.name.kind)))
        }
        // A NaN would be lost in a comparison.
        return ([abs(E - naive.E) / naive.E] + parts).reduce(0) { max($0, $1.isNaN ? .infinity : $1) }
    }

    private var naiveSequences: [NaiveSequence] {
        let x = batch.inputs.converted(to: Double.self).rowArrays
        let d = targets.converted(to: Double.self).rowArrays
        let s0 = [[[Double](repeating: 0, count: network.configuration.layers[0].stateWidth)]]
        return batch.lengths.enumerated().map { b, length in
            let rows = (0..<length).map { $0 * batch.sequences + b }
            return NaiveSequence(
                x: rows.map { x[$0] }, d: rows.map { d[$0] }, weight: rows.map { _ in 1 }, s0: s0)
        }
    }
}

extension NaiveResult {
    /// The gradient of a part of a network of one forward layer; no rows of a part that it does not have.
    fileprivate func gradient(_ kind: ParameterName.Kind) -> [[Double]] {
        let cell = cells[0][0]
        return switch kind {
        case .inputWeights: cell.Wx
        case .stateWeights: cell.Ws
        case .stateBias: [cell.bs]
        case .candidateBias: [cell.bn]
        case .outputWeights: Wy
        case .outputBias: [by]
        case .embedding, .initialState, .initialCellState: []
        }
    }
}
