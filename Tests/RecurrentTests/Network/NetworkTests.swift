import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

@Suite struct NetworkTests {
    /// Small integers and Φ = identity: everything is exact and can be followed by hand.
    @Test func aTinyLinearNetworkIsExact() throws {
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 2, outputWidth: 1, cell: .elman(.identity))
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        parameters[.inputWeights] = Matrix([[1, 2]])
        parameters[.stateWeights] = Matrix([[0, 1], [1, 0]])
        parameters[.outputWeights] = Matrix([[1], [-1]])
        parameters[.stateBias] = Matrix([[1, 0]])
        parameters[.outputBias] = Matrix([[10]])
        let network = RecurrentNetwork(configuration, parameters: parameters)
        let batch = try SequenceBatch<Double>([[[1], [2], [3]]])
        let pass = try network.forward(batch, from: Matrix([[5, 7]]))
        #expect(pass.states.rowArrays == [[5, 7], [9, 7], [10, 13], [17, 16]])
        #expect(pass.outputs.rowArrays == [[12], [7], [11]])
        #expect(pass.finalState.rowArrays == [[17, 16]])

        let targets = try batch.targets(lastStep: [[7.0]])
        let objective = try Objective(
            .halfSquaredError, targets, on: batch, for: network, at: .last)
        let unfolding = Unfolding(for: network)
        let E = try unfolding.lossAndGradient(
            of: network, on: batch, objective, from: Matrix([[5, 7]]), inputGradient: true)
        // δy_3 = 4; δz_3 = (4, −4), δz_2 = (−4, 4), δz_1 = (4, −4).
        #expect(E == 8)
        #expect(unfolding.gradient[.outputWeights]?.rowArrays == [[68], [64]])
        #expect(unfolding.gradient[.outputBias]?.rowArrays == [[4]])
        #expect(unfolding.gradient[.inputWeights]?.rowArrays == [[8, -8]])
        #expect(unfolding.gradient[.stateBias]?.rowArrays == [[4, -4]])
        #expect(unfolding.gradient[.stateWeights]?.rowArrays == [[24, -24], [52, -52]])
        #expect(unfolding.initialStateGradient?.rowArrays == [[-4, 4]])
        #expect(unfolding.inputGradient?.rowArrays == [[-4], [4], [-4]])
    }

    @Test func aFeedforwardNetworkGivesTheNumbersOfOneWithoutStateWeights() throws {
        for activation in Activation.allCases {
            let feedforward = try Drawn<Double>(Problem(activation: activation, recurrent: false))
            let configuration = Problem(activation: activation).configuration
            var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
            for part in feedforward.network.parameters.layout.parts {
                parameters[part.name] = feedforward.network.parameters[part.name]
            }
            let recurrent = RecurrentNetwork(configuration, parameters: parameters)
            #expect(
                try feedforward.network.forward(feedforward.batch).outputs
                    == recurrent.forward(feedforward.batch).outputs)
        }
    }

    @Test func oneSequenceAloneGivesWhatItGivesInAPaddedBatch() throws {
        let drawn = try Drawn<Double>(Problem(T: 7, B: 4, ragged: true))
        let together = try drawn.network.forward(drawn.batch, from: drawn.initialState)
        for (b, sequence) in drawn.sequences.enumerated() {
            let alone = try drawn.network.forward(
                try SequenceBatch([sequence.x]), from: Matrix([sequence.s0[0][0]]))
            let final = together.finalState.row(b)
            #expect(deviation(final, alone.finalState) <= Tolerance.naive)
        }
    }

    @Test func whatStandsInPaddingDoesNotMatter() throws {
        let drawn = try Drawn<Double>(Problem(T: 7, B: 4, ragged: true))
        let dirty = Matrix<Double>(rows: drawn.batch.inputs.rows, columns: 3) { row, column in
            row / 4 < drawn.batch.lengths[row % 4] ? drawn.batch.inputs[row, column] : .nan
        }
        let batch = try SequenceBatch(
            inputs: dirty, steps: 7, sequences: 4, lengths: drawn.batch.lengths)
        #expect(try drawn.network.forward(batch).outputs == drawn.network.forward(drawn.batch).outputs)
    }

    @Test func theStateCarriesASequenceAcrossBatches() throws {
        let drawn = try Drawn<Double>(Problem(T: 6, B: 3))
        let whole = try drawn.network.forward(drawn.batch)
        let first = try SequenceBatch(drawn.sequences.map { Array($0.x[..<4]) })
        let second = try SequenceBatch(drawn.sequences.map { Array($0.x[4...]) })
        let half = try drawn.network.forward(first)
        let rest = try drawn.network.forward(second, from: half.finalState)
        #expect(rest.finalState == whole.finalState)
    }

    @Test func anUnfoldingServesBatchesOfAnySizeInAnyOrder() throws {
        let unfolding = Unfolding(for: try Drawn<Double>(Problem()).network)
        for (T, B) in [(5, 4), (2, 1), (9, 7), (1, 3), (5, 4)] {
            let drawn = try Drawn<Double>(Problem(T: T, B: B))
            let fresh = Unfolding(for: drawn.network)
            let E = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
            #expect(try E == fresh.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective))
            #expect(unfolding.gradient == fresh.gradient)
            #expect(unfolding.initialStateGradient == fresh.initialStateGradient)
        }
    }

    @Test func lossesOfHugeActivationsStayFinite() throws {
        let configuration = NetworkConfiguration(
            inputWidth: 2, stateWidth: 2, outputWidth: 2, cell: .elman(.identity), output: .softmax)
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        parameters[.inputWeights] = .identity(2)
        parameters[.outputWeights] = .identity(2)
        let network = RecurrentNetwork(configuration, parameters: parameters)
        let batch = try SequenceBatch<Double>([[[1000, -1000]]])
        let targets = try batch.targets(everyStep: [[1]])
        let objective = try Objective(.crossEntropy, targets, on: batch, for: network)
        #expect(try Unfolding(for: network).loss(of: network, on: batch, objective) == 2000)
        #expect(try network.forward(batch).outputs.rowArrays == [[1, 0]])
    }
}
