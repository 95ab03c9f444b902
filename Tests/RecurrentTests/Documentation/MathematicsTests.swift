import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// The worked example of Mathematics.md, and the numbers on the page.
@Suite struct MathematicsTests {
    @Test func theWorkedExampleComesOutAsDocumented() throws {
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 1, stateBias: false, outputBias: false)
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        parameters[.inputWeights] = [[0.5]]
        parameters[.stateWeights] = [[0.8]]
        parameters[.outputWeights] = [[1]]
        let network = RecurrentNetwork(configuration, parameters: parameters)

        let sequence = try SequenceBatch<Double>([[[1], [-1], [2]]])  // x_1, x_2, x_3
        let target = try sequence.targets(lastStep: [[0.25]])  // d_3
        let objective = try Objective(
            .halfSquaredError, target, on: sequence, for: network, at: .last)
        let gradient = try UnfoldedGradient(of: network, on: sequence, objective)

        for term in gradient.terms {  // i = 3, 2, 1
            print(term.step, term.stateJacobian, term.stateWeights, term.inputWeights)
        }
        print(gradient.stateWeights, gradient.inputWeights, gradient.outputWeights)

        let unfolding = Unfolding(for: network)
        let E = try unfolding.lossAndGradient(of: network, on: sequence, objective)
        print(E, unfolding.gradient[.stateWeights]!, unfolding.gradient[.inputWeights]!)

        let spectrum = try RecurrenceSpectrum(of: network)!  // of W_s alone
        print(spectrum.spectralNorm, spectrum.prospect)  // 0.8, vanishes
        let decay = try JacobianDecay(of: gradient, spectrum)  // on this sequence
        for part in decay.parts { print(part.stepsBack, part.norm, part.slopeBound, part.bound) }
        let origin = GradientOrigin(of: gradient)  // of ∂E_3/∂W_s
        for part in origin.parts { print(part.stepsBack, part.norm, part.share) }

        #expect(spectrum.spectralNorm == 0.8 && spectrum.prospect == .vanishes)
        #expect(deviation(unfolding.gradient[.stateWeights]!, gradient.stateWeights) < Tolerance.unfolded)
        #expect(deviation(unfolding.gradient[.inputWeights]!, gradient.inputWeights) < Tolerance.unfolded)

        let page = try Page("Mathematics.md").text.replacing("\n", with: " ")
        func require(_ text: String) { #expect(page.contains(text), "\(text)") }
        func number(_ number: Double) -> String { String(format: "%.6f", number) }
        func number(_ matrix: Matrix<Double>) -> String { number(matrix[0, 0]) }
        for term in gradient.terms {
            let numbers = [term.stateJacobian, term.stateWeights, term.inputWeights].map(number)
            require("| \(term.step) | \(numbers.joined(separator: " | ")) |")
        }
        require("| sum | | \(number(gradient.stateWeights)) | \(number(gradient.inputWeights)) |")
        require("\(number(gradient.lossByOutput)), \(number(gradient.outputByState)) and")
        require("and \(number(gradient.outputWeights))")
        require(
            "\(number(gradient.slopes[0])), \(number(gradient.slopes[1])) and \(number(gradient.slopes[2]))")
        let s = try network.forward(sequence).states
        require("tanh(0.5) = \(number(s[1, 0]))")
        require("tanh(0.896341) = \(number(s[3, 0]))")
        for part in decay.parts {
            let share = part.stepsBack < 3 ? origin.parts[part.stepsBack].share : nil
            let numbers = [part.norm, part.slopeBound, part.bound].map(number)
            let percent = share.map { String(format: "%.1f %% ", 100 * $0) } ?? ""
            require("| \(part.stepsBack) | \(numbers.joined(separator: " | ")) | \(percent)|")
        }
    }
}
