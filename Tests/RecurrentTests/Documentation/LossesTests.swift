import Foundation
import RecurrentLinearAlgebra
import Recurrent
import Testing

/// The examples of Losses.md.
@Suite struct LossesTests {
    @Test func theExamplesOfWeightsRun() throws {
        let visits: [[[Double]]] = [[[3, 1], [.nan, 2]], [[0, 4]]]  // .nan: nobody counted
        let counted = try SequenceDataSet<Double>(
            [[[1], [2]], [[3]]], targets: .everyStep(visits), weights: .leavingOutNaN(of: visits))

        let rare = try SequenceDataSet<Double>(
            [[[1], [2]], [[3]]], targets: .classOfEveryStep([[0, 0], [1]]),
            weights: LossWeights(sequences: [1, 0.5], classes: .balanced))

        var generator = RandomGenerator(seed: 1)
        let network = RecurrentNetwork<Double>(
            NetworkConfiguration(inputWidth: 1, stateWidth: 4, outputWidth: 2), using: &generator)
        let trainer = try Trainer(
            network, on: .sequences(counted), TrainingSettings(loss: .poisson, learningRate: 0.1, epochs: 30))
        var losses: [Double] = []
        try trainer.run { if case .epoch(let epoch) = $0 { losses.append(epoch.loss) } }
        #expect(losses.count == 30 && losses[29] < losses[0] && rare.count == 2)
    }

    @Test func theExampleOfLabelsRuns() throws {
        var generator = RandomGenerator(seed: 1)
        let strokes: [[[Double]]] = [[[1], [1], [0], [-1]], [[-1], [0]]]
        let named = try SequenceDataSet(strokes, targets: .labels([[1, 2], [2]]))
        let reader = NetworkConfiguration(inputWidth: 1, stateWidth: 8, outputWidth: 3, output: .softmax)
        let training = try Trainer(
            RecurrentNetwork<Double>(reader, using: &generator), on: .sequences(named),
            TrainingSettings(loss: .ctc(), learningRate: 0.05, epochs: 60))
        try training.run()
        let pass = try training.network.forward(SequenceBatch(strokes))
        print(pass.labels(ofSequence: 0, steps: 4))  // of the best path: 1, 2

        #expect(
            pass.labels(ofSequence: 0, steps: 4) == [1, 2] && pass.labels(ofSequence: 1, steps: 2) == [2])
    }

    @Test func theExamplesOfOwnLossesRun() throws {
        var generator = RandomGenerator(seed: 1)
        let network = RecurrentNetwork<Double>(
            NetworkConfiguration(inputWidth: 1, stateWidth: 4, outputWidth: 1), using: &generator)
        let batch = try SequenceBatch<Double>([[[1], [2], [-1]]])
        let targets = try batch.targets(everyStep: [[[0.5], [1], [0]]])
        let data = try SequenceDataSet<Double>([[[1], [2]]], targets: .everyStep([[[1], [0]]]))
        let unfolding = Unfolding(for: network)

        let logCosh = OwnLoss<Double>("logCosh") { row in
            var loss = 0.0
            for o in 0..<row.outputs.count {
                let e = row.outputs[o] - row.targets[o]
                loss += log(cosh(e))
                row.gradient[o] = tanh(e)
            }
            return loss
        }
        let objective = try Objective(logCosh, targets, on: batch, for: network)
        let check = try GradientCheck(of: network, on: batch, objective)

        let settings = TrainingSettings(loss: .own("logCosh"), learningRate: 0.01, epochs: 2)
        let trainer = try Trainer(network, on: .sequences(data), settings, ownLoss: logCosh)

        try trainer.run()
        #expect(check.worst.relative <= GradientCheck.tolerance && trainer.step == 2)

        let outputs = try network.forward(batch).outputs
        let byOutputs = Matrix<Double>(rows: outputs.rows, columns: 1) { row, _ in  // of ½ Σ (y_t − y_{t−1})²
            let (before, here, after) = (max(row - 1, 0), row, min(row + 1, outputs.rows - 1))
            return 2 * outputs[here, 0] - outputs[before, 0] - outputs[after, 0]
        }
        try unfolding.gradient(of: network, on: batch, outputGradient: byOutputs)
        print(unfolding.gradient.norm)

        #expect(unfolding.gradient.norm > 0 && unfolding.gradient.isFinite)
    }
}
