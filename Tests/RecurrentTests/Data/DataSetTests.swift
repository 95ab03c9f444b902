import RecurrentLinearAlgebra
import Recurrent
import Testing

@Suite struct DataSetTests {
    @Test func whatIsWrongWithDataIsNamed() {
        typealias Set = SequenceDataSet<Double>
        let good: [[[Double]]] = [[[1, 2], [3, 4]], [[5, 6]]]
        func expect(_ error: DataError, _ body: () throws -> Void) {
            #expect(throws: error, performing: body)
        }
        expect(.noSequences) { _ = try Set([], targets: .perSequence([])) }
        expect(.emptySequence(sequence: 1)) {
            _ = try Set([[[1.0, 2]], []], targets: .perSequence([[1], [2]]))
        }
        expect(.notFinite(sequence: 0, step: 1, feature: 0)) {
            _ = try Set([[[1, 2], [.nan, 4]]], targets: .perSequence([[1]]))
        }
        expect(.width(sequence: 1, step: 0, found: 1, expected: 2)) {
            _ = try Set([[[1, 2]], [[5]]], targets: .perSequence([[1], [2]]))
        }
        expect(.notFinite(sequence: 1, step: 0, feature: 0)) {
            _ = try Set(good, targets: .everyStep([[[1], [2]], [[.infinity]]]))
        }
        expect(.length(sequence: 1, found: 2, expected: 1)) {
            _ = try Set(good, targets: .classOfEveryStep([[1, 2], [1, 2]]))
        }
        expect(.targetCount(found: 1, sequences: 2)) { _ = try Set(good, targets: .perSequence([[1]])) }
        expect(.tokenOutOfRange(sequence: 1, step: 0, index: 4, vocabulary: 4)) {
            _ = try Set(tokens: [[1], [4]], vocabulary: 4, targets: .classPerSequence([0, 1]))
        }
    }

    @Test func whatDoesNotGoWithTheNetworkIsNamed() throws {
        let data = try SequenceDataSet<Double>(
            [[[1, 2], [3, 4]], [[5, 6]]], targets: .classOfEveryStep([[0, 1], [7]]))
        func problem(_ configuration: NetworkConfiguration, _ data: SequenceDataSet<Double>) throws -> String
        {
            var generator = RandomGenerator(seed: 1)
            let network = RecurrentNetwork<Double>(configuration, using: &generator)
            let loss: Loss = configuration.output == .softmax ? .crossEntropy : .squaredError
            let settings = TrainingSettings(loss: loss, learningRate: 0.1, epochs: 1)
            return try #require(throws: TrainerError.self) {
                _ = try Trainer(network, on: .sequences(data), settings)
            }.description
        }
        func configuration(
            _ I: Int, _ O: Int, _ output: OutputFunction = .softmax, readOut: ReadOut = .everyStep
        ) -> NetworkConfiguration {
            NetworkConfiguration(
                inputWidth: I, stateWidth: 3, outputWidth: O, output: output, readOut: readOut)
        }
        #expect(try problem(configuration(2, 4), data).contains("sequence 1, step 0 has class 7"))
        #expect(try problem(configuration(3, 8), data).contains("width 2, the network takes 3"))
        #expect(try problem(configuration(2, 8, .linear), data).contains("takes values, not classes"))
        #expect(
            try problem(configuration(2, 8, readOut: .lastStep), data).contains("one target a sequence"))
        let values = try SequenceDataSet<Double>([[[1, 2]]], targets: .everyStep([[[1]]]))
        #expect(
            try problem(configuration(2, 2, .linear), values).contains(
                "1 values where loss and network take 2"))
    }

    @Test func anEpochSeesEverySequenceOnceInAnotherOrderEachTime() throws {
        // The outputs of an identity network without weights are its bias: targets tell which sequences came.
        let targets = (0..<45).map { Double(1 << ($0 % 40)) }
        let data = try SequenceDataSet<Double>(
            targets.indices.map { Array(repeating: [1], count: 1 + $0 % 6) },
            targets: .perSequence(targets.map { [$0] }))
        var settings = TrainingSettings(loss: .squaredError, learningRate: 1e-12, epochs: 2)
        (settings.batchSize, settings.reduction, settings.rule) = (7, .sum, .sgd())
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 1, readOut: .lastStep)
        let zero = RecurrentNetwork(
            configuration, parameters: Parameters<Double>(layout: ParameterLayout(configuration)))
        func losses(_ change: (inout TrainingSettings) -> Void = { _ in }) throws -> [[Double]] {
            var settings = settings
            change(&settings)
            var epochs: [[Double]] = [[], []]
            try Trainer(zero, on: .sequences(data), settings).run {
                if case .step(let step) = $0 { epochs[step.epoch - 1].append(step.loss) }
            }
            return epochs
        }
        let sum = targets.map { $0 * $0 }.reduce(0, +)
        let shuffled = try losses()
        for epoch in shuffled {
            #expect(epoch.count == 7 && abs(epoch.reduce(0, +) / sum - 1) < 1e-6)
        }
        #expect(shuffled[0] != shuffled[1])
        #expect(try losses { $0.seed = 2 }[0] != shuffled[0])
        let plain = try losses { ($0.shuffles, $0.bucketsByLength) = (false, false) }
        let firstSeven = targets[..<7].map { $0 * $0 }.reduce(0, +)
        #expect(abs(plain[0][0] - firstSeven) < 1e-3)
    }
}
