import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import TestSupport
import Testing

@Suite struct TrainingTests {
    /// Ten steps of torch.nn.RNN and Linear as PyTorch recorded them.
    private struct Run: Decodable {
        let T: Int
        let B: Int
        let learningRate: Double
        let momentum: Double
        let clipNorm: Double
        let X: [[[Double]]]
        let D: [[[Double]]]
        let outputs: [[[Double]]]
        let losses: [Double]
        let gradientNorms: [Double]
    }

    @Test func tenLossesAndNormsAreThoseOfPyTorch() throws {
        let data = try Data(contentsOf: Fixtures.folder.appendingPathComponent("run.json"))
        let run = try JSONDecoder().decode(Run.self, from: data)
        var network = try RecurrentNetwork<Double>(
            contentsOf: Fixtures.folder.appendingPathComponent("torch.safetensors").path,
            assuming: AssumedFunctions(activation: .tanh, output: .linear))
        let batch = try SequenceBatch(
            inputs: Matrix(Array(run.X.joined())), steps: run.T, sequences: run.B)
        let outputs = try network.forward(batch).outputs
        #expect(deviation(outputs, Matrix(Array(run.outputs.joined()))) <= Tolerance.run)

        let objective = try Objective(
            .squaredError, .values(Matrix(Array(run.D.joined()))), on: batch,
            for: network, reduction: .meanOverSteps)
        let unfolding = Unfolding(for: network)
        var optimiser = Optimiser<Double>(
            .sgd(momentum: run.momentum), learningRate: run.learningRate, clipping: .norm(run.clipNorm))
        for (loss, norm) in zip(run.losses, run.gradientNorms) {
            let report = try optimiser.step(&network, in: unfolding, on: batch, objective)
            #expect(abs(report.loss - loss) <= Tolerance.run * loss)
            #expect(abs(report.gradientNorm - norm) <= Tolerance.run * norm)
            #expect(report.wasClipped == (norm > run.clipNorm))
        }
        #expect(run.losses.count == 10)
    }

    @Test(arguments: [Activation.tanh, .relu])
    func aSmallNetworkLearnsItsTrainingSetByHeart(activation: Activation) throws {
        let problem = Problem(
            activation: activation, output: .softmax, loss: .crossEntropy, T: 5, B: 4, ragged: true,
            reduction: .meanOverSteps, H: 16, O: 3)
        let drawn = try Drawn<Double>(problem)
        var network = drawn.network
        let unfolding = Unfolding(for: network)
        var optimiser = Optimiser<Double>(.sgd(momentum: 0.9), learningRate: 0.1, clipping: .norm(1))
        var loss = 0.0
        for _ in 0..<400 {
            loss = try optimiser.step(&network, in: unfolding, on: drawn.batch, drawn.objective).loss
        }
        #expect(loss < 0.01)
    }

    /// θ after two updates along gradients of known small numbers.
    @Test func momentumAccumulatesAsItsFormulaSays() {
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 1, stateBias: false, outputBias: false,
            recurrent: false)
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        var gradient = parameters
        gradient[.inputWeights] = Matrix([[4]])
        gradient[.outputWeights] = Matrix([[-8]])
        var optimiser = Optimiser<Double>(.sgd(momentum: 0.5), learningRate: 0.5)
        optimiser.update(&parameters, along: gradient)
        #expect(parameters.elements == [-2, 4])
        optimiser.update(&parameters, along: gradient)
        #expect(parameters.elements == [-5, 10])
    }

    @Test func clippingReportsTheNormBeforeIt() throws {
        let drawn = try Drawn<Double>(Problem())
        func step(_ clipping: Clipping) throws -> (TrainingReport, [Double]) {
            var network = drawn.network
            var optimiser = Optimiser<Double>(.sgd(), learningRate: 1, clipping: clipping)
            let report = try optimiser.step(
                &network, in: Unfolding(for: network), on: drawn.batch, drawn.objective)
            let before = drawn.network.parameters.elements
            return (report, zip(before, network.parameters.elements).map { $0 - $1 })
        }
        let (plain, gradient) = try step(.none)
        let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(plain.gradientNorm - norm) < 1e-13 * norm && !plain.wasClipped)

        let (byNorm, clipped) = try step(.norm(0.125))
        #expect(byNorm.gradientNorm == plain.gradientNorm && byNorm.wasClipped)
        let clippedNorm = clipped.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(clippedNorm - 0.125) < 1e-14)

        let (byValue, limited) = try step(.value(0.25))
        #expect(byValue.gradientNorm == plain.gradientNorm && byValue.wasClipped)
        for (limited, exact) in zip(limited, gradient) {
            #expect(abs(limited - max(-0.25, min(0.25, exact))) < 1e-14)
        }
        #expect(try !step(.norm(1e6)).0.wasClipped && !step(.value(1e6)).0.wasClipped)
    }

    @Test func anUpdateThatWouldOverflowIsRefused() throws {
        let drawn = try Drawn<Float>(Problem())
        var network = drawn.network
        let unfolding = Unfolding(for: network)
        var optimiser = Optimiser<Float>(.sgd(momentum: 0.5), learningRate: 3e38)
        let error = try #require(throws: TrainingError.self) {
            try optimiser.step(&network, in: unfolding, on: drawn.batch, drawn.objective)
        }
        #expect("\(error)".contains("would overflow") && network == drawn.network)
    }

    @Test func aNormThatOverflowsIsAnEventOfItsOwn() throws {
        // Two finite elements of the gradient whose squares, and whose norm, exceed Float.
        let configuration = NetworkConfiguration(
            inputWidth: 2, stateWidth: 1, outputWidth: 1, cell: .elman(.identity), stateBias: false,
            outputBias: false, recurrent: false)
        var parameters = Parameters<Float>(layout: ParameterLayout(configuration))
        parameters[.outputWeights] = [[1]]
        var network = RecurrentNetwork(configuration, parameters: parameters)
        let batch = try SequenceBatch<Float>([[[3e38, 3e38]]])
        let targets = try batch.targets(everyStep: [[[1.0]]])
        let objective = try Objective(.halfSquaredError, targets, on: batch, for: network)
        var optimiser = Optimiser<Float>(.sgd(), learningRate: 0.1, clipping: .norm(1))
        #expect(throws: TrainingError.gradientNormNotFinite(loss: 0.5)) {
            try optimiser.step(&network, in: Unfolding(for: network), on: batch, objective)
        }
        #expect(network.parameters == parameters)
    }

    @Test func aLossOrGradientThatIsNotFiniteLeavesTheParametersAlone() throws {
        let drawn = try Drawn<Double>(Problem(activation: .identity))
        let unfolding = Unfolding(for: drawn.network)
        var optimiser = Optimiser<Double>(.sgd(momentum: 0.9), learningRate: 0.1)

        var huge = drawn.network
        huge.parameters[.outputWeights] = Matrix(rows: 5, columns: 2) { _, _ in 1e200 }
        let before = huge
        #expect(throws: TrainingError.lossNotFinite(.infinity)) {
            try optimiser.step(&huge, in: unfolding, on: drawn.batch, drawn.objective)
        }
        #expect(huge == before)

        // Output weights of 0 keep the loss small while states, and so ∂E/∂W_y, overflow.
        var exploding = drawn.network
        exploding.parameters[.outputWeights] = Matrix(rows: 5, columns: 2)
        exploding.parameters[.stateWeights] = Matrix(rows: 5, columns: 5) { _, _ in 1e120 }
        let unchanged = exploding
        #expect {
            try optimiser.step(&exploding, in: unfolding, on: drawn.batch, drawn.objective)
        } throws: { error in
            "\(error)".contains("parameters are unchanged")
        }
        #expect(exploding == unchanged)
    }

    @Test func aMessageShowsNoSignOfNaN() {
        let nan = -Double.nan
        #expect("\(nan)" == "-nan")
        let messages = [
            TrainingError.lossNotFinite(nan).description,
            TrainingError.updateNotFinite(loss: nan).description,
            PassError.stepLimit(nan).description,
            DataError.classWeight(index: 0, value: nan).description, Schedule.constant(nan).problem,
            Schedule.warmUp(steps: 1, start: nan, .constant(1)).problem,
            ScheduledSampling.constant(nan).problem,
            Optimiser<Float>.problem(.adam(beta1: nan), learningRate: 1),
            Optimiser<Double>.problem(learningRate: nan),
            Optimiser<Double>.problem(learningRate: 1, weightDecay: nan, clipping: .norm(nan)),
        ]
        for message in messages {
            #expect(
                message?.contains("nan") == true && message?.contains("-nan") == false, "\(message ?? "")")
        }
    }

    /// E is finite, since the other sequence's losses alone count; the gradient, which is not, is refused by name.
    @Test func aSequenceWithoutLossesWhoseStatesOverflowIsReported() throws {
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 1, cell: .elman(.identity))
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        parameters[.inputWeights] = [[1]]
        parameters[.stateWeights] = [[1e200]]
        parameters[.outputWeights] = [[1]]
        var network = RecurrentNetwork(configuration, parameters: parameters)
        let batch = try SequenceBatch<Double>([[[0], [0], [0]], [[1], [1], [1]]])
        let objective = try Objective(
            .squaredError, batch.targets(everyStep: [[[1], [1], [1]], [[0], [0], [0]]]), on: batch,
            for: network, weights: [[1, 0], [1, 0], [1, 0]])
        var optimiser = Optimiser<Double>(.sgd(), learningRate: 0.1)
        let error = #expect(throws: TrainingError.self) {
            _ = try optimiser.step(&network, in: Unfolding(for: network), on: batch, objective)
        }
        let words = error.map { "\($0)" } ?? ""
        #expect(
            words.contains("is not finite (loss 3.0)") && words.contains("whose losses weigh 0"), "\(words)")
        #expect(network.parameters == parameters)
    }
}
