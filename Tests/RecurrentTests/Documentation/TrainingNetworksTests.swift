import Foundation
import RecurrentLinearAlgebra
import Recurrent
import Testing

/// The examples of TrainingNetworks.md and LongSequences.md.
@Suite struct TrainingNetworksTests {
    @Test func theExamplesOfTrainingRun() async throws {
        let reader = NetworkConfiguration(
            inputWidth: 5, stateWidth: 16, outputWidth: 2, layers: 2, output: .softmax,
            directions: .bidirectional, embeddingWidth: 8, readOut: .meanOverSteps, dropout: 0.2)
        let data = try SequenceDataSet<Double>(
            tokens: [[0, 1, 2], [3, 1], [4, 4, 2, 0], [1, 3, 3]], vocabulary: 5,
            targets: .classPerSequence([0, 1, 0, 1]))
        var settings = TrainingSettings(loss: .crossEntropy, learningRate: 0.01, epochs: 20)
        settings.batchSize = 2

        var generator = RandomGenerator(seed: 1)
        let trainer = try Trainer(
            RecurrentNetwork<Double>(reader, using: &generator), on: .sequences(data), settings,
            checkpoints: CheckpointFolder("runs/reader"))
        try trainer.resume()
        for try await event in trainer.events {
            if case .epoch(let epoch) = event { print(epoch.epoch, epoch.loss) }
        }
        let network = trainer.bestNetwork
        let speakers = (0..<30).map { $0 % 10 }
        let words = try SequenceDataSet<Double>(
            (0..<30).map { n in (0...n % 4).map { _ in [Double(n % 3) - 1 + 0.1 * generator.normal()] } },
            targets: .classPerSequence((0..<30).map { $0 % 3 }))
        let classifier = NetworkConfiguration(
            inputWidth: 1, stateWidth: 8, outputWidth: 3, output: .softmax, readOut: .lastStep)
        let parts = try words.parts([0.6, 0.2, 0.2], groups: speakers, stratified: true)
        var selection = TrainingSettings(loss: .crossEntropy, learningRate: 0.01, epochs: 30)
        selection.judge = .macroF1  // decides on the best epoch and on patience; the loss without it
        selection.patience = 5
        let judged = try Trainer(
            RecurrentNetwork<Double>(classifier, using: &generator), on: .sequences(words.subset(parts[0])),
            selection, validation: .sequences(words.subset(parts[1])))
        try judged.run()

        let test = words.subset(parts[2])
        let found = try judged.bestNetwork.evaluate(
            test, [.accuracy, .topAccuracy(2), .macroF1, .perplexity])
        print(found[.accuracy]!, found[.macroF1]!, found.confusion)
        let predicted = try judged.bestNetwork.predict(test)  // for each sequence, in its order

        for fold in try words.folds(3, groups: speakers) { print(fold.training, fold.test) }
        var apart = settings
        apart.rule = .adamW()
        apart.groups = [
            ParameterGroup(.biases, weightDecay: 0),  // as is usual
            ParameterGroup(.layer(1), rateFactor: 0.1),
            ParameterGroup(ParameterSelection(.stateWeights(layer: 0)), rateFactor: 0.5, weightDecay: 0.1),
            .frozen(.embedding),
        ]
        let grouped = try Trainer(network, on: .sequences(data), apart)
        trainer.addEpochs(5)
        let end = try trainer.run()  // .completed
        let best = try RecurrentNetwork<Double>(checkpoint: "runs/reader")
        let threeClasses = NetworkConfiguration(
            inputWidth: 5, stateWidth: 16, outputWidth: 3, layers: 2, output: .softmax,
            directions: .bidirectional, embeddingWidth: 8, readOut: .meanOverSteps)
        var tuned = RecurrentNetwork<Double>(threeClasses, using: &generator)
        let fresh = tuned.copyParts(of: best)  // the read-out's W_y and b_y, as they were drawn
        settings.averageDecay = 0.9  // about the last ten steps
        let averaging = try Trainer(network, on: .sequences(data), settings)
        try averaging.run()
        let smooth = averaging.averageNetwork
        let noisy = try Trainer(network, on: .sequences(data), settings)
        noisy.onGradient = { gradient, step in
            var generator = step.generator
            for part in gradient.layout.parts where part.name != .embedding {
                let noise = Matrix(rows: part.rows, columns: part.columns) { _, _ in
                    1e-3 * generator.normal()
                }
                gradient[part.name] = gradient[part.name]! + noise
            }
            gradient[.embedding] = Matrix(rows: 5, columns: 8)  // zero: the embedding learns nothing
            if step.step % 10 == 0 { print(step.step, gradient[.outputWeights]!.largestMagnitude) }
        }
        try noisy.run()
        let text = try StreamDataSet<Double>(
            tokens: [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1], vocabulary: 5, streams: 2)
        let windows = TrainingData.streams(text, TruncatedWindow(advance: 4))

        try FileManager.default.removeItem(atPath: "runs/reader")
        let batch = try SequenceBatch<Double>(tokens: [[0, 1, 2], [3, 1]], vocabulary: 5)
        let outputs = try network.forward(batch).outputs
        #expect(trainer.step == 50 && outputs[0, 0] > 0.9 && outputs[1, 1] > 0.9)
        #expect(predicted.count == test.count && found.count == test.count)
        #expect(try #require(found[.perplexity]) >= 1)
        try grouped.run()
        #expect(grouped.network.parameters[.embedding] == network.parameters[.embedding])
        #expect(grouped.network.parameters[.outputWeights] != network.parameters[.outputWeights])
        #expect(end == .completed && best == trainer.bestNetwork && fresh == [.outputWeights, .outputBias])
        #expect(smooth != averaging.network && averaging.step == 40)
        #expect(noisy.network.parameters[.embedding] == network.parameters[.embedding])
        if case .streams(let streams, _) = windows { #expect(streams.steps == 8) }
    }

    @Test func theExamplesOfLongSequencesRun() throws {
        var generator = RandomGenerator(seed: 3)
        let configuration = NetworkConfiguration(inputWidth: 1, stateWidth: 6, outputWidth: 1)
        let network = RecurrentNetwork<Double>(configuration, using: &generator)
        let values = (0..<40).map { [sin(0.1 * Double($0))] }
        let batch = try SequenceBatch<Double>([values])
        let objective = try Objective(
            .squaredError, batch.targets(lastStep: [[1]]), on: batch, for: network, at: .last)
        let data = try SequenceDataSet<Double>([values], targets: .everyStep([values]))

        let frugal = Unfolding(for: network, states: .recomputed)
        let loss = try frugal.lossAndGradient(of: network, on: batch, objective)
        #expect(frugal.storage == .recomputed && loss > 0)

        let signal = (0..<401).map { sin(0.1 * Double($0)) }
        let streams = try StreamDataSet<Double>(
            inputs: signal.dropLast().map { [$0] }, targets: signal.dropFirst().map { [$0] }, streams: 4)
        let windows = TrainingData.streams(streams, TruncatedWindow(advance: 20, reach: 30))
        let streamed = try Trainer(
            network, on: windows, TrainingSettings(loss: .meanSquaredError, learningRate: 0.01, epochs: 2))
        try streamed.run()
        #expect(streams.steps == 100 && streamed.step == 10)

        var settings = TrainingSettings(loss: .meanSquaredError, learningRate: 0.01, epochs: 3)
        settings.clipping = .norm(1)
        let trainer = try Trainer(network, on: .sequences(data), settings, history: 12)
        try trainer.run()
        #expect(trainer.step == 3)

        let unfolding = Unfolding(for: network)
        for cell in try unfolding.diagnose(network, on: batch, objective) {
            print(cell.layer, cell.gradientNorms.first!, cell.gradientNorms.last!, cell.saturation)
        }
        let norms = try unfolding.diagnose(network, on: batch, objective)[0].gradientNorms
        #expect(norms.count == 40 && norms[0] < norms[39])

        let steady = RecurrentNetwork<Double>(configuration, initialiser: .orthogonal, using: &generator)
        let spectrum = try RecurrenceSpectrum(of: steady)!
        print(spectrum.growthLimit, spectrum.prospect)  // about 1, undecided
        #expect(abs(spectrum.growthLimit - 1) < 1e-12 && spectrum.prospect == .undecided)
    }
}
