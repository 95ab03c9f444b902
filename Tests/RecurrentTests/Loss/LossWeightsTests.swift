import Foundation
import RecurrentLinearAlgebra
import Recurrent
import Testing

/// Weights and masks of data sets. The network's outputs are its bias, 0, so that a squared error is the square of its
/// target, and what a batch's losses weigh can be read from its loss.
@Suite struct LossWeightsTests {
    private func network(
        _ outputs: Int, _ output: OutputFunction = .linear, readOut: ReadOut = .everyStep
    ) -> RecurrentNetwork<Double> {
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: outputs, output: output, readOut: readOut)
        return RecurrentNetwork(configuration, parameters: Parameters(layout: ParameterLayout(configuration)))
    }

    private func settings(_ loss: Loss, _ reduction: Reduction, batchSize: Int = 10) -> TrainingSettings {
        var settings = TrainingSettings(loss: loss, learningRate: 1e-12, epochs: 1)
        (settings.reduction, settings.batchSize, settings.rule) = (reduction, batchSize, .sgd())
        (settings.shuffles, settings.bucketsByLength, settings.clipping) = (false, false, .none)
        return settings
    }

    /// The losses of the batches of the first epoch, and then its loss on the same data as validation data.
    private func losses(
        _ network: RecurrentNetwork<Double>, _ data: TrainingData<Double>, _ settings: TrainingSettings
    ) throws -> [Double] {
        var losses: [Double] = []
        try Trainer(network, on: data, settings, validation: data).run { event in
            if case .step(let step) = event { losses.append(step.loss) }
            if case .epoch(let epoch) = event { losses.append(epoch.validationLoss ?? .nan) }
        }
        return losses
    }

    private func expect(_ found: [Double], _ expected: [Double]) {
        #expect(found.count == expected.count)
        for (found, expected) in zip(found, expected) {
            #expect(abs(found - expected) <= 1e-9 * max(1, expected), "\(found), not \(expected)")
        }
    }

    private let inputs: [[[Double]]] = [[[0], [0], [0]], [[0]], [[0], [0]]]

    @Test func sequencesTargetsAndValuesMultiplyAndEachReductionDividesAsDocumented() throws {
        let d: [[[Double]]] = [[[1, 2], [3, .nan], [.nan, .nan]], [[4, 5]], [[6, 7], [.nan, 8]]]
        let weights = LossWeights<Double>(
            sequences: [2, 1, 0.5], targets: [[1, 3, 1], [1], [4, 0]],
            values: [[[1, 0.5], [1, 0], [0, 0]], [[2, 1]], [[1, 1], [1, 1]]])
        let data = TrainingData.sequences(
            try SequenceDataSet(inputs, targets: .everyStep(d), weights: weights))
        // By step: 2 · 1 · (1 + ½ 4), 2 · 3 · 9, a target without values; 2 · 16 + 25; ½ · 4 · (36 + 49), a mask.
        let (first, second, third) = (6.0 + 54, 57.0, 170.0)
        let sum = first + second + third
        func found(_ reduction: Reduction, batchSize: Int = 10) throws -> [Double] {
            try losses(network(2), data, settings(.squaredError, reduction, batchSize: batchSize))
        }
        expect(try found(.sum), [sum, sum])
        expect(try found(.meanOverSequences), [sum / 3, sum / 3])
        expect(try found(.meanOverSteps), [sum / 4, sum / 4])
        expect(try found(.weightedMean), [sum / (2 + 6 + 1 + 2), sum / 11])
        expect(try found(.meanOverSteps, batchSize: 1), [first / 2, second, third, sum / 4])
    }

    @Test func oneTargetASequenceMayBeWeighedToo() throws {
        let weights = LossWeights<Double>(
            sequences: [1, 2, 3], targets: [[2], [1], [0]], values: [[[1, 1]], [[0, 3]], [[1, 1]]])
        let data = try SequenceDataSet(
            inputs, targets: .perSequence([[1, 2], [.nan, 3], [.nan, .infinity]]), weights: weights)
        let found = try losses(
            network(2, readOut: .lastStep), .sequences(data), settings(.squaredError, .weightedMean))
        expect(found, [(2 * 5 + 2 * 27) / 4, 64.0 / 4])
    }

    @Test func balancedClassesWeighTheSameTogether() throws {
        // Three of class 0, one of class 2, one masked; class 1 does not occur.
        let data = TrainingData.sequences(
            try SequenceDataSet(
                inputs, targets: .classOfEveryStep([[0, 0, 2], [1], [0, -1]]),
                weights: LossWeights<Double>(targets: [[1, 1, 1], [0], [1, 0]], classes: .balanced)))
        let network = network(3, .softmax)
        let one = log(3.0)
        expect(try losses(network, data, settings(.crossEntropy, .sum)), [4 * one, 4 * one])
        let eachAlone = try losses(network, data, settings(.crossEntropy, .sum, batchSize: 1))
        // 4 / (2 · 3) for class 0, 4 / (2 · 1) for class 2.
        expect(eachAlone, [(4.0 / 6 * 2 + 2) * one, 0, 4.0 / 6 * one, 4 * one])
        let given = TrainingData.sequences(
            try SequenceDataSet(
                inputs, targets: .classOfEveryStep([[0, 0, 2], [1], [0, 1]]),
                weights: LossWeights<Double>(classes: .given([1, 10, 100]))))
        expect(
            try losses(network, given, settings(.crossEntropy, .weightedMean, batchSize: 1)),
            [one, one, one, one])
        expect(try losses(network, given, settings(.crossEntropy, .sum)), [123 * one, 123 * one])
    }

    @Test func stepsOfStreamsMayBeWeighed() throws {
        let streams = try StreamDataSet<Double>(
            inputs: Array(repeating: [0], count: 6), targets: [[1], [2], [.nan], [4], [5], [6]], streams: 2,
            weights: LossWeights(targets: [[1, 2, 0, 1, 1, 3]]))
        let data = TrainingData.streams(streams, TruncatedWindow(advance: 2))
        expect(
            try losses(network(1), data, settings(.squaredError, .weightedMean)),
            [(1 + 8 + 16 + 25) / 5, 108.0 / 3, 158.0 / 8])
    }

    @Test func aBatchWithoutALossTeachesNothingAndEndsNothing() throws {
        let data = try SequenceDataSet<Double>(
            inputs, targets: .everyStep([[[1], [2], [3]], [[4]], [[5], [6]]]),
            weights: LossWeights(sequences: [0, 1, 0]))
        let settings = settings(.squaredError, .meanOverSteps, batchSize: 1)
        expect(try losses(network(1), .sequences(data), settings), [0, 16, 0, 16])
    }

    @Test func weightsOfOneChangeNoBit() throws {
        func result(_ weights: LossWeights<Double>) throws -> [UInt8] {
            var generator = RandomGenerator(seed: 3)
            let inputs = (0..<9).map { n in
                (0...n % 4).map { _ in (0..<3).map { _ in generator.uniform(within: 1) } }
            }
            let targets = inputs.map { $0.map { Array($0.prefix(2)) } }
            let data = try SequenceDataSet(inputs, targets: .everyStep(targets), weights: weights)
            let network: RecurrentNetwork<Double> = SampleTraining.ragged.network(Double.self)
            var settings = SampleTraining.ragged.settings()
            settings.schedule = .constant(0.01)
            let trainer = try Trainer(network, on: .sequences(data), settings)
            try trainer.run()
            return SampleTraining.ragged.result(trainer)
        }
        let without = try result(LossWeights())
        #expect(try result(LossWeights(sequences: Array(repeating: 1, count: 9))) == without)
        #expect(try result(LossWeights(sequences: Array(repeating: 2, count: 9))) != without)
    }

    @Test func whatIsWrongWithWeightsIsNamed() throws {
        let d: [[[Double]]] = [[[1, 2], [3, 4], [5, 6]], [[7, 8]], [[9, 1], [2, 3]]]
        func expect(
            _ error: DataError, _ weights: LossWeights<Double>, _ targets: SequenceTargets<Double>? = nil
        ) {
            #expect(throws: error) {
                _ = try SequenceDataSet(inputs, targets: targets ?? .everyStep(d), weights: weights)
            }
        }
        expect(.weight(sequence: 1, step: 0, value: -1), LossWeights(sequences: [1, -1, 1]))
        expect(
            .weight(sequence: 0, step: 2, value: .infinity),
            LossWeights(targets: [[1, 1, .infinity], [1], [1, 1]]))
        let values: [[[Double]]] = [[[1, 1], [1, 1], [1, 1]], [[1, -2]], [[1, 1], [1, 1]]]
        expect(.weight(sequence: 1, step: 0, value: -2), LossWeights(values: values))
        expect(.weightCount(sequence: nil, found: 2, expected: 3), LossWeights(sequences: [1, 1]))
        expect(
            .weightCount(sequence: 2, found: 1, expected: 2), LossWeights(targets: [[1, 1, 1], [1], [1]]))
        expect(.classWeightsOfValues, LossWeights(classes: .balanced))
        let classes = SequenceTargets<Double>.classOfEveryStep([[0, 1, 1], [2], [0, 0]])
        expect(.classWeight(index: 1, value: -3), LossWeights(classes: .given([1, -3, 1])), classes)
        expect(
            .classOutOfRange(sequence: 1, step: 0, index: 2, classes: 2),
            LossWeights(classes: .given([1, 1])), classes)
        expect(.valueWeightsOfClasses, LossWeights(values: values), classes)
        var missing = d
        missing[2][1][0] = .nan
        expect(.notFinite(sequence: 2, step: 1, feature: 0), LossWeights(), .everyStep(missing))
        expect(
            .notFinite(sequence: 2, step: 1, feature: 0), LossWeights(sequences: [1, 1, 2]),
            .everyStep(missing))
        _ = try SequenceDataSet(
            inputs, targets: .everyStep(missing), weights: .leavingOutNaN(of: missing))
    }

    @Test func weightsThatDoNotGoWithATrainingAreNamed() throws {
        func problem(_ data: SequenceDataSet<Double>, _ network: RecurrentNetwork<Double>, _ loss: Loss)
            throws -> String
        {
            try #require(throws: TrainerError.self) {
                _ = try Trainer(network, on: .sequences(data), settings(loss, .sum))
            }.description
        }
        let ones: [[[Double]]] = inputs.map { $0.map { _ in [0.5, 0.5] } }
        let nothing = try SequenceDataSet(
            inputs, targets: .everyStep(ones), weights: LossWeights(sequences: [0, 0, 0]))
        #expect(try problem(nothing, network(2), .squaredError).contains("no step carries a loss"))
        let weighed = try SequenceDataSet(
            inputs, targets: .everyStep(ones), weights: LossWeights(values: ones))
        #expect(
            try problem(weighed, network(2, .softmax), .softCrossEntropy).contains("no weights of values"))
        let counts = try SequenceDataSet<Double>(
            [[[0], [0]]], targets: .everyStep([[[1, -1], [-1, 1]]]),
            weights: LossWeights(values: [[[1, 0], [1, 1]]]))
        #expect(
            try problem(counts, network(2), .poisson)
                == "sequence 0, step 1 has a target below 0; the Poisson loss takes counts")
    }
}
