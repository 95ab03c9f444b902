import RecurrentLinearAlgebra
import Recurrent

extension ExplainedCase {
    /// The numbers in the picture of the unfolded network.
    var picture: UnfoldedPicture {
        let origin = GradientOrigin(of: gradient)
        let steps = (0...N).map { t in
            UnfoldedPicture.Step(
                number: t, input: t == 0 ? [] : inputs.row(t - 1).elements,
                state: pass.states.row(t).elements,
                gradient: t == 0
                    ? gradient.initialState.elements : gradient.terms[N - t].stateGradient.elements,
                output: t == 0 ? [] : pass.outputs.row(t - 1).elements,
                share: t == 0 ? 0 : origin.parts[N - t].share)
        }
        return UnfoldedPicture(
            steps: steps, target: targetValues, loss: gradient.loss,
            outputGradientNorm: gradient.lossByOutput.frobeniusNorm,
            // These do not throw: the products of the Jacobians had finite spectra.
            jacobianNorms: gradient.stepJacobians.map { (try? $0.spectralNorm()) ?? 0 })
    }

    /// d_N as values; for a class, 1 at its index and 0 elsewhere.
    private var targetValues: [Double] {
        switch target {
        case .values(let values): values
        case .classIndex(let index): (0..<configuration.outputWidth).map { $0 == index ? 1 : 0 }
        }
    }
}
