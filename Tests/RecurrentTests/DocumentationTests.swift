import Foundation
import LinearAlgebra
import Recurrent
import Testing

/// The examples of README.md and of the documentation, word for word, compiled and run.
@Suite struct DocumentationTests {
    @Test func theReadmesNetworkLearnsParity() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/parity.safetensors"

            // Is the number of ones so far odd? Two sequences, of four steps and of two.
            let inputs = try SequenceBatch<Double>([[[1], [0], [1], [1]], [[0], [1]]])
            let targets = try inputs.targets(everyStep: [[[1], [1], [0], [1]], [[0], [1]]])

            var generator = RandomGenerator(seed: 1)
            let configuration = ElmanConfiguration(inputWidth: 1, stateWidth: 16, outputWidth: 1)
            var network = ElmanNetwork<Double>(configuration, using: &generator)
            let objective = try Objective(.halfSquaredError, targets, on: inputs, for: configuration)

            let unfolding = Unfolding<Double>(configuration)
            var optimiser = Optimiser<Double>(.sgd(momentum: 0.9), learningRate: 0.05, clipping: .norm(1))
            for _ in 0..<500 { _ = try optimiser.step(&network, in: unfolding, on: inputs, objective) }

            let outputs = try network.forward(inputs).outputs  // row t·B + b: step t + 1 of sequence b
            try network.write(to: path)

            var state = network.state(sequences: 1)
            try network.step([1], &state)
            print(state.outputs)

            #expect(deviation(state.outputs, outputs.row(0)) < Tolerance.naive)
            #expect(zip([1, 0, 1, 1, 0], outputs.elements).allSatisfy { abs($0 - $1) < 0.05 })
            #expect(try ElmanNetwork<Double>(contentsOf: path) == network)
        }
    }

    @Test func aGradientIsCheckedAsTheReadmeSays() throws {
        let drawn = try Drawn<Double>(Model())
        let (network, batch, objective) = (drawn.network, drawn.batch, drawn.objective)

        let check = try GradientCheck(of: network, on: batch, objective)
        print("\(check.worst.name) deviates by \(check.worst.relative)")

        #expect(check.worst.relative < Tolerance.differences)
    }

    @Test func theWorkedExampleComesOutAsDocumented() throws {
        let configuration = ElmanConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 1, stateBias: false, outputBias: false)
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        parameters[.inputWeights] = [[0.5]]
        parameters[.stateWeights] = [[0.8]]
        parameters[.outputWeights] = [[1]]
        let network = ElmanNetwork(configuration, parameters: parameters)

        let sequence = try SequenceBatch<Double>([[[1], [-1], [2]]])  // x_1, x_2, x_3
        let target = try sequence.targets(lastStep: [[0.25]])  // d_3
        let objective = try Objective(
            .halfSquaredError, target, on: sequence, for: configuration, at: .last)
        let gradient = try UnfoldedGradient(of: network, on: sequence, objective)

        for term in gradient.terms {  // i = 3, 2, 1
            print(term.step, term.stateJacobian, term.stateWeights, term.inputWeights)
        }
        print(gradient.stateWeights, gradient.inputWeights, gradient.outputWeights)

        let page = try String(contentsOf: Self.page("TermByTerm.md"), encoding: .utf8)
        func number(_ matrix: Matrix<Double>) -> String { String(format: "%.6f", matrix[0, 0]) }
        for term in gradient.terms {
            let numbers = [term.stateJacobian, term.stateWeights, term.inputWeights].map(number)
            let row = "| \(term.step) | \(numbers.joined(separator: " | ")) |"
            #expect(page.contains(row), "\(row)")
        }
        let sums = "| sum | | \(number(gradient.stateWeights)) | \(number(gradient.inputWeights)) |"
        #expect(page.contains(sums), "\(sums)")
        let factors =
            "\(number(gradient.lossByOutput)), \(number(gradient.outputByState)) and \(number(gradient.outputWeights))"
        #expect(page.contains(factors), "\(factors)")
    }

    @Test func theExamplesOfSpeedAndMemoryRun() throws {
        let drawn = try Drawn<Double>(Model())
        let (network, batch) = (drawn.network, drawn.batch)
        let configuration = network.configuration

        let unfolding = Unfolding<Double>(configuration, workers: 4)
        let text = try SequenceBatch<Float>(tokens: [[7, 4, 11, 11, 14], [1, 24, 4]], vocabulary: 27)
        let frugal = Unfolding<Double>(configuration, states: .recomputed)

        var result = ForwardPass(for: batch, network.configuration)
        try unfolding.forward(network, on: batch, into: &result)

        var state = network.state(sequences: 1)
        try network.step([0.5, -1, 2], &state)  // x_t
        let y = state.outputs  // y_t, 1 × O

        #expect(text.lengths == [5, 3] && frugal.storage == .recomputed && y.columns == 2)
        #expect(try result.outputs == network.forward(batch).outputs)
    }

    @Test func theExamplesOfTrainingRun() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var generator = RandomGenerator(seed: 1)

        let reader = ElmanConfiguration(
            inputWidth: 5, stateWidth: 16, outputWidth: 2, layers: 2, output: .softmax,
            directions: .bidirectional, embeddingWidth: 8, readOut: .meanOverSteps, dropout: 0.2)

        let data = try SequenceDataSet<Double>(
            tokens: [[0, 1, 2], [3, 1], [4, 4, 2, 0], [1, 3, 3]], vocabulary: 5,
            targets: .classPerSequence([0, 1, 0, 1]))
        var settings = TrainingSettings(loss: .crossEntropy, learningRate: 0.01, epochs: 20)
        settings.batchSize = 2

        let trainer = try Trainer(
            ElmanNetwork<Double>(reader, using: &generator), on: .sequences(data), settings,
            checkpoints: CheckpointFolder(folder))
        try trainer.resume()
        for try await event in trainer.events {
            if case .epoch(let epoch) = event { print(epoch.epoch, epoch.loss) }
        }
        let network = trainer.bestNetwork

        let text = try StreamDataSet<Double>(
            tokens: [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1], vocabulary: 5, streams: 2)
        let windows = TrainingData.streams(text, TruncatedWindow(advance: 4))

        let batch = try SequenceBatch<Double>(tokens: [[0, 1, 2], [3, 1]], vocabulary: 5)
        let outputs = try network.forward(batch).outputs
        #expect(trainer.step == 40 && outputs[0, 0] > 0.9 && outputs[1, 1] > 0.9)
        if case .streams(let streams, _) = windows { #expect(streams.steps == 8) }
    }

    private static func page(_ name: String) -> URL {
        Fixtures.root.appendingPathComponent("Sources/Recurrent/Recurrent.docc/\(name)")
    }

    /// Every Swift block of these pages stands in this file, line for line.
    @Test(arguments: [
        Fixtures.root.appendingPathComponent("README.md"), page("Recurrent.md"), page("TermByTerm.md"),
        page("SpeedAndMemory.md"), page("TrainingNetworks.md"),
    ])
    func everyExampleIsCompiled(page: URL) throws {
        let source = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
        let compiled = Self.lines(source).joined(separator: "\n")
        let blocks = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```swift\n")
            .dropFirst().map { $0.components(separatedBy: "```")[0] }
        #expect(!blocks.isEmpty)
        for block in blocks {
            let lines = Self.lines(block).filter { !$0.hasPrefix("import ") }
            #expect(compiled.contains(lines.joined(separator: "\n")), "\(page.lastPathComponent):\n\(block)")
        }
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}
