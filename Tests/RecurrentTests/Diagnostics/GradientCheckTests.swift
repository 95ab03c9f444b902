import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

@Suite struct GradientCheckTests {
    /// Gated cells have several times the parameters, so theirs are narrower.
    @Test(arguments: Problem.elman + Problem.losses + Problem.gated.map { $0.narrowed() })
    func gradientsAgreeWithCentralDifferences(problem: Problem) throws {
        let drawn = try Drawn<Double>(problem)
        let check = try GradientCheck(
            of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState,
            dropoutSeed: drawn.dropoutSeed)
        #expect(check.worst.relative <= Tolerance.differences, "\(check.worst)")
        let names =
            drawn.network.parameters.layout.parts.map(\.name.description)
            + (problem.learnsInitialState ? [] : ["s_0"]) + (drawn.batch.isTokens ? [] : ["x"])
        #expect(check.deviations.map(\.name) == names)
    }

    /// Layers of different widths, functions and directions on each other, in any order.
    @Test(arguments: [ReadOut.everyStep, .lastStep, .meanOverSteps])
    func gradientsOfMixedStacksAgreeWithCentralDifferences(readOut: ReadOut) throws {
        let layers = [
            RecurrentLayer(.elman(.sigmoid), stateWidth: 4, directions: .bidirectional),
            RecurrentLayer(stateWidth: 5),
            RecurrentLayer(stateWidth: 3, directions: .bidirectionalSum, bias: false),
            RecurrentLayer(.elman(.identity), stateWidth: 2, recurrent: false),
        ]
        for layers in [layers, layers.reversed()] {
            let configuration = NetworkConfiguration(
                inputWidth: 2, layers: layers, outputWidth: 2, readOut: readOut, dropout: 0.3,
                stateDropout: 0.2, learnsInitialState: true)
            var generator = RandomGenerator(seed: 6)
            let network = RecurrentNetwork<Double>(configuration, using: &generator)
            let x = [3, 6, 1].map { length in
                (0..<length).map { _ in [generator.uniform(within: 1), generator.uniform(within: 1)] }
            }
            let batch = try SequenceBatch(x)
            let targets =
                try configuration.isPooled
                ? batch.targets(perSequence: x.map { $0[0] }) : batch.targets(everyStep: x)
            let objective = try Objective(.squaredError, targets, on: batch, for: network)
            let check = try GradientCheck(of: network, on: batch, objective, dropoutSeed: 3)
            #expect(check.worst.relative <= Tolerance.differences, "\(check.worst)")
        }
    }

    @Test func aGradientThatIsNotFiniteIsTheWorst() throws {
        var drawn = try Drawn<Double>(Problem(activation: .identity)).network
        drawn.parameters[.stateWeights] = Matrix(rows: 5, columns: 5) { _, _ in 1e200 }
        let task = try Drawn<Double>(Problem(activation: .identity))
        let check = try GradientCheck(of: drawn, on: task.batch, task.objective)
        #expect(check.worst.relative == .infinity)
    }

    @Test func aWrongGradientIsSeen() throws {
        // ReLU at exactly 0: the engine's derivative there is 0, the differences see one half.
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 1, cell: .elman(.relu))
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        parameters[.inputWeights] = Matrix([[1]])
        parameters[.outputWeights] = Matrix([[1]])
        let network = RecurrentNetwork(configuration, parameters: parameters)
        let batch = try SequenceBatch<Double>([[[0]]])
        let targets = try batch.targets(everyStep: [[[1.0]]])
        let objective = try Objective(.squaredError, targets, on: batch, for: network)
        let check = try GradientCheck(of: network, on: batch, objective)
        #expect(check.worst.relative > 0.4)
        #expect(check.deviations.first { $0.name == "b_y" }!.relative < Tolerance.differences)
    }
}

extension Problem {
    fileprivate func narrowed() -> Problem {
        var narrow = self
        (narrow.I, narrow.H) = (min(I, 5), 4)
        return narrow
    }
}
