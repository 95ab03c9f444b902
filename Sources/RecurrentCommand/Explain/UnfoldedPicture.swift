import RecurrentLinearAlgebra
import Recurrent

/// The numbers in the picture of an unfolded network: its states, and the gradient of E_N flowing back.
struct UnfoldedPicture {
    /// A step of the picture: 0 for s_0, 1 … N for the others.
    struct Step {
        let number: Int
        let input: [Double]
        let state: [Double]
        /// ∂E_N/∂s_t
        let gradient: [Double]
        let output: [Double]
        /// The share of this step's term in ∂E_N/∂W_s.
        let share: Double

        var gradientNorm: Double { gradient.reduce(0) { ($0 * $0 + $1 * $1).squareRoot() } }
    }

    let N: Int
    let steps: [Step]
    /// d_N as values; for a class, 1 at its index and 0 elsewhere.
    let target: [Double]
    let loss: Double
    /// ‖∂E_N/∂y_N‖
    let outputGradientNorm: Double
    /// ‖∂s_k/∂s_{k−1}‖ for k = 1 … N.
    let jacobianNorms: [Double]

    init(_ explained: ExplainedCase) {
        let (N, gradient, pass) = (explained.N, explained.gradient, explained.pass)
        self.N = N
        loss = gradient.loss
        outputGradientNorm = gradient.lossByOutput.frobeniusNorm
        // These do not throw: the products of the Jacobians had finite spectra.
        jacobianNorms = gradient.stepJacobians.map { (try? $0.spectralNorm()) ?? 0 }
        let origin = GradientOrigin(of: gradient)
        steps = (0...N).map { t in
            Step(
                number: t, input: t == 0 ? [] : explained.inputs.row(t - 1).elements,
                state: pass.states.row(t).elements,
                gradient: t == 0
                    ? gradient.initialState.elements : gradient.terms[N - t].stateGradient.elements,
                output: t == 0 ? [] : pass.outputs.row(t - 1).elements,
                share: t == 0 ? 0 : origin.parts[N - t].share)
        }
        switch explained.target {
        case .values(let values): target = values
        case .classIndex(let index):
            target = (0..<explained.configuration.outputWidth).map { $0 == index ? 1 : 0 }
        }
    }

    /// The steps that are drawn, nil for an ellipsis: all of up to eight, otherwise the first and the last four.
    var columns: [Step?] {
        N <= 8 ? steps : Array(steps.prefix(4)) + [Step?.none] + Array(steps.suffix(4))
    }
}
