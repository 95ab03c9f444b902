import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

@Suite struct UnfoldedGradientTests {
    @Test(arguments: Activation.allCases, Problem.tasks)
    func theTermsSumToBackpropagationThroughTime(
        activation: Activation, task: (output: OutputFunction, loss: Loss)
    ) throws {
        for N in [1, 2, 3, 8] {
            let problem = Problem(
                activation: activation, output: task.output, loss: task.loss, T: N, B: 1, steps: .last)
            let drawn = try Drawn<Double>(problem)
            let unfolded = try UnfoldedGradient(
                of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState)
            let unfolding = Unfolding(for: drawn.network)
            let E = try unfolding.lossAndGradient(
                of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState)
            let gradient = unfolding.gradient

            #expect(unfolded.loss == E)
            #expect(unfolded.terms.map(\.step) == Array((1...N).reversed()))
            #expect(deviation(unfolded.stateWeights, gradient[.stateWeights]!) <= Tolerance.unfolded)
            #expect(deviation(unfolded.inputWeights, gradient[.inputWeights]!) <= Tolerance.unfolded)
            #expect(deviation(unfolded.outputWeights, gradient[.outputWeights]!) <= Tolerance.unfolded)
            #expect(deviation(unfolded.stateBias, gradient[.stateBias]!) <= Tolerance.unfolded)
            #expect(deviation(unfolded.outputBias, gradient[.outputBias]!) <= Tolerance.unfolded)
            #expect(deviation(unfolded.initialState, unfolding.initialStateGradient!) <= Tolerance.unfolded)

            try expectFactorsMultiply(unfolded, drawn)
        }
    }

    /// The factors multiply to the gradient at s_N, and step Jacobians to Jacobian products.
    private func expectFactorsMultiply(
        _ unfolded: UnfoldedGradient<Double>, _ drawn: Drawn<Double>
    ) throws {
        let pass = try drawn.network.forward(drawn.batch, from: drawn.initialState)
        let atState = unfolded.lossByOutput * unfolded.outputByState.transposed
        #expect(deviation(unfolded.terms[0].stateGradient, atState) <= Tolerance.unfolded * 100)
        let H = drawn.network.configuration.stateWidth
        var product = Matrix<Double>.identity(H)
        for (term, jacobian) in zip(unfolded.terms, unfolded.stepJacobians.reversed()) {
            #expect(deviation(term.stateJacobian, product) <= Tolerance.unfolded)
            product = jacobian * product
            let slope = Matrix<Double>(rows: 1, columns: H) {
                term.stateBias[0, $1] / term.stateGradient[0, $1]
            }
            let input = drawn.batch.inputs.row(term.step - 1)
            #expect(deviation(term.immediateByInputWeights, input.transposed * slope) <= Tolerance.unfolded)
            let state = pass.states.row(term.step - 1)
            #expect(deviation(term.immediateByStateWeights, state.transposed * slope) <= Tolerance.unfolded)
        }
    }

    /// The unfolded gradient with W_s given, inputs of ones and everything else plain.
    private func unfold(
        _ activation: Activation, W_s: Matrix<Double>, steps: Int
    ) throws -> UnfoldedGradient<Double> {
        let H = W_s.rows
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: H, outputWidth: 1, cell: .elman(activation))
        var generator = RandomGenerator(seed: 2)
        var network = RecurrentNetwork<Double>(configuration, using: &generator)
        network.parameters[.stateWeights] = W_s
        network.parameters[.inputWeights] = Matrix(rows: 1, columns: H) { _, _ in 1 }
        network.parameters[.stateBias] = Matrix(rows: 1, columns: H)
        let batch = try SequenceBatch([Array(repeating: [1.0], count: steps)])
        let targets = try batch.targets(lastStep: [[1.0]])
        let objective = try Objective(
            .halfSquaredError, targets, on: batch, for: network, at: .last)
        return try UnfoldedGradient(of: network, on: batch, objective)
    }

    @Test(arguments: [0.5, 1, 1.25])
    func aScaledOrthogonalLinearNetworkHasJacobiansOfKnownNorm(alpha: Double) throws {
        var generator = RandomGenerator(seed: 4)
        let configuration = NetworkConfiguration(inputWidth: 1, stateWidth: 6, outputWidth: 1)
        let drawn = RecurrentNetwork<Double>(configuration, initialiser: .orthogonal, using: &generator)
        let Q = drawn.parameters[.stateWeights]!
        let scaled = Matrix<Double>(rows: 6, columns: 6) { alpha * Q[$0, $1] }
        let T = 20
        let unfolded = try unfold(.identity, W_s: scaled, steps: T)
        let first = try #require(unfolded.terms.last)
        #expect(first.step == 1)
        let expected = (1..<T).reduce(1.0) { product, _ in product * alpha }
        #expect(abs(try first.stateJacobian.spectralNorm() / expected - 1) < 1e-13)
    }

    @Test func aSaturatedSigmoidThatIsRightHasFactorsOfZero() throws {
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 2, cell: .elman(.identity), output: .sigmoid)
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        parameters[.outputBias] = [[800, -800]]
        let network = RecurrentNetwork(configuration, parameters: parameters)
        let batch = try SequenceBatch<Double>([[[1]]])
        let targets = try batch.targets(lastStep: [[1.0, 0]])
        let objective = try Objective(.binaryCrossEntropy, targets, on: batch, for: network)
        let unfolded = try UnfoldedGradient(of: network, on: batch, objective)
        #expect(unfolded.lossByOutput == [[-1, 1]] && unfolded.lossByActivation == [[0, 0]])
    }

    @Test func aReLUNetworkWithIdentityWeightsAndPositiveStatesHasIdentityJacobians() throws {
        let unfolded = try unfold(.relu, W_s: .identity(5), steps: 12)
        #expect(unfolded.terms.allSatisfy { $0.stateJacobian == .identity(5) })
    }

    @Test func networksAndLossesOfAnotherKindAreRefused() throws {
        func error(_ problem: Problem) throws -> UnfoldedGradientError {
            let drawn = try Drawn<Double>(problem)
            return try #require(throws: UnfoldedGradientError.self) {
                _ = try UnfoldedGradient(
                    of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState)
            }
        }
        func last(_ change: (inout Problem) -> Void) -> Problem {
            var problem = Problem(T: 3, B: 1, steps: .last)
            change(&problem)
            return problem
        }
        #expect(try error(last { $0.cells = [.elman(), .elman()] }) == .network("the network has 2 layers"))
        #expect(
            try error(last { $0.directions = .bidirectional }) == .network("the network reads both ways"))
        #expect(try error(last { $0.recurrent = false }) == .network("the network has no W_s"))
        #expect(try error(last { $0.embeddingWidth = 2 }) == .network("the network embeds tokens"))
        #expect(
            try error(last { $0.readOut = .lastStep }) == .network("the network has one output a sequence"))
        #expect(try error(last { $0.steps = .every }) == .objective)
        #expect(try error(last { $0.B = 2 }) == .objective)
        #expect(
            try error(last { $0.cells = [.elman(), .elman()] }).description.contains(
                "one forward Elman layer with a W_s"))
    }
}
