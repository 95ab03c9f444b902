import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// The diagnosis of states in the backward pass.
@Suite struct StateDiagnosisTests {
    @Test(arguments: [Activation.tanh, .sigmoid, .relu])
    func ofALossAtTheEndTheNormsAreThoseOfTheUnfoldedTerms(activation: Activation) throws {
        let drawn = try Drawn<Double>(Problem(activation: activation, T: 9, B: 1, steps: .last))
        let gradient = try UnfoldedGradient(
            of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState)
        let unfolding = Unfolding(for: drawn.network)
        let diagnosis = try unfolding.diagnose(
            drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState)
        #expect(diagnosis.count == 1 && diagnosis[0].gradientNorms.count == 9)
        for term in gradient.terms {
            let expected = term.stateGradient.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let found = diagnosis[0].gradientNorms[term.step - 1]
            #expect(abs(found - expected) <= Tolerance.naive * max(expected, 1e-6), "step \(term.step)")
        }
    }

    /// s_t = s_{t−1}/2 for every element, a loss of Σ y_t over all steps: ∂E/∂s_t = 1 + 1/2 + … exactly.
    /// 70 pairs of sequences are dealt into shards.
    @Test(arguments: [1, 70]) func aHalvingStateGathersAGeometricSeries(pairs: Int) throws {
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 1, cell: .elman(.identity))
        var generator = RandomGenerator(seed: 1)
        var network = RecurrentNetwork<Double>(configuration, using: &generator)
        network.parameters[.stateWeights] = Matrix([[0.5]])
        network.parameters[.outputWeights] = Matrix([[1]])
        network.parameters[.inputWeights] = Matrix([[0]])
        network.parameters[.stateBias] = Matrix([[0]])
        network.parameters[.outputBias] = Matrix([[1]])
        let pair: [[[Double]]] = [[[0], [0], [0], [0]], [[0], [0]]]
        let zeros = (0..<pairs).flatMap { _ in pair }
        let batch = try SequenceBatch(zeros)
        let targets = try batch.targets(everyStep: zeros)
        let objective = try Objective(.halfSquaredError, targets, on: batch, for: network)
        let norms = try Unfolding(for: network).diagnose(network, on: batch, objective)[0]
            .gradientNorms
        let (long, short) = ([1.875, 1.75, 1.5, 1], [1.5, 1, 0, 0])
        let both = zip(long, short).map { (Double(pairs) * ($0 * $0 + $1 * $1)).squareRoot() }
        #expect(norms == both)
    }

    @Test(arguments: Problem.deep)
    func diagnosesAreTheSameOnAnyNumberOfWorkersAndHaveEveryCell(problem: Problem) throws {
        let drawn = try Drawn<Float>(problem)
        let diagnoses = try [1, 2, 3].map { workers in
            try Unfolding(for: drawn.network, workers: workers).diagnose(
                drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState)
        }
        #expect(diagnoses[1] == diagnoses[0] && diagnoses[2] == diagnoses[0])
        let cells = drawn.network.configuration.layers.reduce(0) { $0 + $1.directions.count }
        #expect(diagnoses[0].count == cells)
        #expect(
            diagnoses[0].allSatisfy { $0.gradientNorms.count == drawn.batch.steps && 0...1 ~= $0.saturation })
    }
}
