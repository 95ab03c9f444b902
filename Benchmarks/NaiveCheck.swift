import NaiveReference
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems

/// Compares loss and gradients of the engine with the naive reference, on the grid's small shapes and on odd ones,
/// ragged too. Prints a line for each.
///
/// - Returns: true if all are within the tolerance of the type.
func checkAgainstNaive<S: Scalar>(_ type: S.Type, workers: Int) throws -> Bool {
    // Sums of a few thousand terms in another order, through 50 timesteps: measured 2e-15 and 7e-7.
    let tolerance = S.self == Float.self ? 1e-4 : 1e-11
    let shapes: [(Shape, [Int]?)] = [
        (Shape(T: 50, B: 1, I: 32, H: 64), nil), (Shape(T: 50, B: 16, I: 32, H: 64), nil),
        (Shape(T: 7, B: 3, I: 5, H: 13), nil), (Shape(T: 1, B: 17, I: 1, H: 3), nil),
        (Shape(T: 9, B: 130, I: 5, H: 13), nil),
        (Shape(T: 20, B: 9, I: 12, H: 40), [3, 20, 7, 1, 9, 9, 15, 20, 2]),
    ]
    var isRight = true
    for (shape, lengths) in shapes {
        let deviation = try Workload<S>(shape, lengths: lengths).deviationFromNaive(workers: workers)
        let passes = deviation <= tolerance
        print(
            "check \(S.typeName) \(shape)\(lengths == nil ? "" : " ragged"): largest deviation from the naive reference \(deviation), \(passes ? "right" : "WRONG")"
        )
        isRight = isRight && passes
    }
    return isRight
}

extension Workload {
    /// The largest relative deviation of loss and gradients from the naive reference.
    fileprivate func deviationFromNaive(workers: Int) throws -> Double {
        let unfolding = Unfolding(for: network, workers: workers)
        let E = try unfolding.lossAndGradient(of: network, on: batch, objective)
        let naive = NaiveNetwork(network).run(naiveSequences, .squared(factor: 0.5))
        let cell = naive.cells[0][0]
        let parts: [(ParameterName, [[Double]])] = [
            (.inputWeights, cell.Wx), (.stateWeights, cell.Ws), (.outputWeights, naive.Wy),
            (.stateBias, [cell.bs]), (.outputBias, [naive.by]),
        ]
        return parts.reduce(abs(E - naive.E) / naive.E) { worst, part in
            max(worst, deviation(unfolding.gradient[part.0]!, Matrix(part.1)))
        }
    }

    private var naiveSequences: [NaiveSequence] {
        let x = batch.inputs.converted(to: Double.self).rowArrays
        let d = targets.converted(to: Double.self).rowArrays
        let s0 = [[[Double](repeating: 0, count: network.configuration.stateWidth)]]
        return batch.lengths.enumerated().map { b, length in
            let rows = (0..<length).map { $0 * batch.sequences + b }
            return NaiveSequence(
                x: rows.map { x[$0] }, d: rows.map { d[$0] }, weight: rows.map { _ in 1 }, s0: s0)
        }
    }
}
