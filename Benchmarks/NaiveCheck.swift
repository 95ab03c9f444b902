import Foundation
import LinearAlgebra
import NaiveReference
import Recurrent

extension Elementary {
    static let platform = Elementary(
        exp: { Foundation.exp($0) }, log: { Foundation.log($0) }, tanh: { Foundation.tanh($0) })
}

/// Loss and gradients of the engine against the naive reference, on the grid's small shapes and on
/// odd ones. Prints a line for each; returns whether all are within the tolerance of the type.
func checkAgainstNaive<S: Scalar>(_ type: S.Type) throws -> Bool {
    // Sums of a few thousand terms in another order, through 50 timesteps: measured 2e-15 and 7e-7.
    let tolerance = S.self == Float.self ? 1e-4 : 1e-11
    let shapes = [
        Shape(T: 50, B: 1, I: 32, H: 64), Shape(T: 50, B: 16, I: 32, H: 64),
        Shape(T: 7, B: 3, I: 5, H: 13), Shape(T: 1, B: 17, I: 1, H: 3),
    ]
    var isRight = true
    for shape in shapes {
        let step = try TrainingStep<S>(shape)
        let unfolding = Unfolding<S>(step.network.configuration)
        let E = try unfolding.lossAndGradient(of: step.network, on: step.batch, step.objective)
        let naive = NaiveTrainingStep(step).run()
        let pairs: [(ParameterName, [[Double]])] = [
            (.inputWeights, naive.Wx), (.stateWeights, naive.Ws), (.outputWeights, naive.Wy),
            (.stateBias, [naive.bs]), (.outputBias, [naive.by]),
        ]
        var worst = abs(E - naive.E) / naive.E
        for (name, theirs) in pairs {
            let ours = unfolding.gradient[name]!.converted(to: Double.self)
            let reference = Matrix(theirs)
            worst = max(worst, (ours - reference).largestMagnitude / reference.largestMagnitude)
        }
        let passes = worst <= tolerance
        print(
            "check \(S.typeName) \(shape): largest deviation from the naive reference \(worst), \(passes ? "right" : "WRONG")"
        )
        isRight = isRight && passes
    }
    return isRight
}
