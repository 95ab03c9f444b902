import Foundation
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

    /// W_x = W_s = 0 and a bias of ln 3 make every f = ¾.
    @Test func theForgetGateIsTheMeanOfItsValues() throws {
        let drawn = try Drawn<Double>(Problem(cell: .lstm, layers: 2, T: 7, B: 4, ragged: true))
        var network = drawn.network
        for part in network.parameters.layout.parts {
            network.parameters[part.name] = Matrix(rows: part.rows, columns: part.columns)
        }
        for layer in 0..<2 {
            let bias = Matrix<Double>(rows: 1, columns: 5) { _, _ in layer == 0 ? log(3) : -log(3) }
            network.parameters[.stateBias(layer: layer, gate: .forget)] = bias
        }
        let found = try Unfolding(for: network).diagnose(network, on: drawn.batch, drawn.objective)
        let gates = try found.map { try #require($0.forgetGate) }
        #expect(abs(gates[0] - 0.75) < 1e-14 && abs(gates[1] - 0.25) < 1e-14)
    }

    /// f = σ(x W_x + s₋ W_s + b_s) of one unit, from the states that the network gives step by step.
    @Test func theForgetGateIsMeasuredBeforeTheWayBackOverwritesIt() throws {
        let drawn = try Drawn<Double>(Problem(cell: .lstm, T: 6, B: 1, I: 1, H: 1))
        let (network, parameters) = (drawn.network, drawn.network.parameters)
        func weight(_ name: ParameterName) -> Double { parameters[name]?[0, 0] ?? .nan }
        let (W_x, W_s) = (
            weight(.inputWeights(layer: 0, gate: .forget)), weight(.stateWeights(layer: 0, gate: .forget))
        )
        let b_s = weight(.stateBias(layer: 0, gate: .forget))
        var state = network.state(sequences: 1)
        var sum = 0.0
        for step in 0..<6 {
            let x = drawn.sequences[0].x[step][0]
            sum += 1 / (1 + exp(-(x * W_x + state.values[0, 0] * W_s + b_s)))
            try network.step(Matrix([[x]]), &state)
        }
        let found = try Unfolding(for: network).diagnose(network, on: drawn.batch, drawn.objective)
        #expect(abs(try #require(found[0].forgetGate) - sum / 6) < 1e-14)
    }

    @Test func onlyAnLSTMHasAForgetGate() throws {
        for cell in [RecurrentCell.elman(), .gru(), .gru(.beforeProduct)] {
            let drawn = try Drawn<Double>(Problem(cell: cell))
            let found = try Unfolding(for: drawn.network).diagnose(
                drawn.network, on: drawn.batch, drawn.objective)
            #expect(found[0].forgetGate == nil)
        }
    }

    @Test(arguments: Problem.deep + Problem.gated)
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
