import RecurrentLinearAlgebra
import Recurrent

/// Loss and gradients of the engine against the naive reference, on the grid's small shapes and on
/// odd ones, ragged too. Prints a line for each; returns whether all are within the tolerance of the type.
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
        let step = try Workload<S>(shape, lengths: lengths)
        let unfolding = Unfolding(for: step.network, workers: workers)
        let E = try unfolding.lossAndGradient(of: step.network, on: step.batch, step.objective)
        let naive = NaiveTrainingStep(step).run()
        let pairs: [(ParameterName, [[Double]])] = [
            (.inputWeights, naive.cells[0][0].Wx), (.stateWeights, naive.cells[0][0].Ws),
            (.outputWeights, naive.Wy), (.stateBias, [naive.cells[0][0].bs]), (.outputBias, [naive.by]),
        ]
        var worst = abs(E - naive.E) / naive.E
        for (name, theirs) in pairs {
            let ours = unfolding.gradient[name]!.converted(to: Double.self)
            let reference = Matrix(theirs)
            worst = max(worst, (ours - reference).largestMagnitude / reference.largestMagnitude)
        }
        let passes = worst <= tolerance
        print(
            "check \(S.typeName) \(shape)\(lengths == nil ? "" : " ragged"): largest deviation from the naive reference \(worst), \(passes ? "right" : "WRONG")"
        )
        isRight = isRight && passes
    }
    return isRight
}
