import Recurrent
import SampleProblems
import Testing

/// The results that an unfolding holds after a pass.
@Suite struct PassResultTests {
    @Test(arguments: [
        Problem(T: 9, B: 5, ragged: true), Problem(layers: 2, T: 9, B: 130, ragged: true),
        Problem(layers: 2, directions: .bidirectional, T: 6, B: 5, ragged: true),
        Problem(T: 60, B: 1, I: 50, H: 60),
    ])
    func theFinalStateIsThatOfTheForwardPass(problem: Problem) throws {
        let drawn = try Drawn<Double>(problem)
        let unfolding = Unfolding(for: drawn.network, workers: 2)
        let pass = try drawn.network.forward(drawn.batch, from: drawn.initialState)
        _ = try unfolding.loss(of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState)
        #expect(unfolding.finalState == pass.finalState)
        var again = ForwardPass(for: drawn.batch, drawn.network)
        try unfolding.forward(drawn.network, on: drawn.batch, from: drawn.initialState, into: &again)
        #expect(unfolding.finalState == pass.finalState && again.outputs == pass.outputs)
    }

    @Test func aPassAnswersOnlyForWhatItComputed() throws {
        let drawn = try Drawn<Double>(Problem())
        let unfolding = Unfolding(for: drawn.network)
        #expect(unfolding.finalState == nil)
        #expect(unfolding.initialStateGradient == nil && unfolding.inputGradient == nil)
        _ = try drawn.lossAndGradient(in: unfolding, inputGradient: false)
        #expect(unfolding.finalState == nil)
        #expect(unfolding.initialStateGradient != nil && unfolding.inputGradient == nil)
        _ = try drawn.lossAndGradient(in: unfolding, inputGradient: true)
        #expect(unfolding.inputGradient != nil)
        _ = try unfolding.loss(of: drawn.network, on: drawn.batch, drawn.objective)
        #expect(unfolding.finalState != nil)
        #expect(unfolding.initialStateGradient == nil && unfolding.inputGradient == nil)
    }

    @Test func windowsOfAStreamGiveTheLossOfTheWhole() throws {
        let drawn = try Drawn<Double>(Problem(T: 12, B: 3))
        let network = drawn.network
        let x = drawn.batch.inputs
        let unfolding = Unfolding(for: network)
        func loss(_ steps: Range<Int>, from state: Matrix<Double>?) throws -> Double {
            let rows = Matrix<Double>(Array(x.rowArrays[steps.lowerBound * 3..<steps.upperBound * 3]))
            let batch = try SequenceBatch(inputs: rows, steps: steps.count, sequences: 3)
            let targets = Matrix<Double>(rows: steps.count * 3, columns: 2)
            let objective = try Objective(
                .halfSquaredError, .values(targets), on: batch, for: network)
            return try unfolding.loss(of: network, on: batch, objective, from: state)
        }
        let whole = try loss(0..<12, from: drawn.initialState)
        let first = try loss(0..<5, from: drawn.initialState)
        let second = try loss(5..<12, from: try #require(unfolding.finalState))
        #expect(abs(first + second - whole) <= Tolerance.naive * whole)
    }

    /// ∂E/∂a_t is 0.1 at each of a million steps.
    @Test func theGradientOfABiasInFloatKeepsSixDigits() throws {
        let (T, B) = (10_000, 100)
        let configuration = NetworkConfiguration(inputWidth: 1, stateWidth: 1, outputWidth: 1)
        let network = RecurrentNetwork(
            configuration, parameters: Parameters<Float>(layout: ParameterLayout(configuration)))
        let batch = try SequenceBatch(
            inputs: Matrix<Float>(rows: T * B, columns: 1), steps: T, sequences: B)
        let targets = Targets.values(Matrix<Float>(rows: T * B, columns: 1) { _, _ in -0.1 })
        let objective = try Objective(.halfSquaredError, targets, on: batch, for: network)
        let unfolding = Unfolding(for: network, workers: 1)
        _ = try unfolding.lossAndGradient(of: network, on: batch, objective)
        let gradient = Double(try #require(unfolding.gradient[.outputBias])[0, 0])
        let exact = Double(T * B) * Double(Float(0.1))
        #expect(abs(gradient - exact) <= 1e-6 * exact, "\(gradient)")
    }
}
