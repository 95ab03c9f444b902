import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// Predictions for data sets, and what metrics say of them.
@Suite struct MetricTests {
    private func network(
        _ outputs: Int, _ output: OutputFunction, readOut: ReadOut = .everyStep,
        cell: RecurrentCell = .elman()
    ) -> RecurrentNetwork<Double> {
        var generator = RandomGenerator(seed: 2)
        let configuration = NetworkConfiguration(
            inputWidth: 3, stateWidth: 6, outputWidth: outputs, cell: cell, output: output, readOut: readOut)
        return RecurrentNetwork(configuration, using: &generator)
    }

    private func inputs(_ lengths: [Int], width: Int = 3) -> [[[Double]]] {
        var generator = RandomGenerator(seed: 5)
        return lengths.map { length in
            (0..<length).map { _ in (0..<width).map { _ in 2 * generator.uniform(within: 1) } }
        }
    }

    private let lengths = [5, 1, 7, 3, 3, 8, 2, 5, 1]

    @Test(arguments: ReadOut.allCases, OutputFunction.allCases)
    func predictionsAreThoseOfEachSequenceAlone(readOut: ReadOut, output: OutputFunction) throws {
        let (x, network) = (inputs(lengths), network(4, output, readOut: readOut, cell: .lstm))
        let targets = lengths.map { length in Array(repeating: [0.0], count: length) }
        let data = try SequenceDataSet(
            x,
            targets: readOut == .everyStep
                ? .everyStep(targets) : .perSequence(targets.map { $0[0] }))
        for batchSize in [1, 4, 64] {
            let found = try network.predict(data, batchSize: batchSize)
            #expect(found.count == lengths.count)
            for (sequence, rows) in found.enumerated() {
                let alone = try network.forward(SequenceBatch([x[sequence]])).outputs
                #expect(rows.count == alone.rows)
                #expect(deviation(Matrix(rows), alone) <= Tolerance.naive)
            }
        }
    }

    @Test func metricsOfClassesAreWhatTheirFormulasSay() throws {
        var generator = RandomGenerator(seed: 8)
        let (x, network) = (inputs(lengths), network(4, .softmax))
        // Class 3 is never a target; every fourth step weighs nothing and has no class.
        var weights = lengths.map { (0..<$0).map { _ in 1.0 } }
        var classes = lengths.map { (0..<$0).map { _ in generator.index(below: 3) } }
        for (b, t) in lengths.indices.flatMap({ b in (0..<lengths[b]).map { (b, $0) } })
        where (b + t) % 4 == 3 {
            (weights[b][t], classes[b][t]) = (0, -7)
        }
        let data = try SequenceDataSet(
            x, targets: .classOfEveryStep(classes), weights: LossWeights(targets: weights))
        let all: [Metric] = [
            .accuracy, .topAccuracy(1), .topAccuracy(2), .topAccuracy(4), .macroF1, .perplexity,
        ]
        let found = try network.evaluate(data, all, batchSize: 4)

        var pairs: [(d: Int, y: [Double])] = []
        for (b, sequence) in x.enumerated() {
            let y = try network.forward(SequenceBatch([sequence])).outputs.rowArrays
            for t in y.indices where weights[b][t] != 0 { pairs.append((classes[b][t], y[t])) }
        }
        func best(_ y: [Double]) -> Int { y.firstIndex(of: y.max()!)! }
        func share(_ isRight: (Int, [Double]) -> Bool) -> Double {
            Double(pairs.count { isRight($0.d, $0.y) }) / Double(pairs.count)
        }
        let scores = (0..<4).compactMap { k -> Double? in
            let right = pairs.count { $0.d == k && best($0.y) == k }
            let (precise, recalled) = (pairs.count { best($0.y) == k }, pairs.count { $0.d == k })
            if precise + recalled == 0 { return nil }
            if right == 0 { return 0 }
            let (p, r) = (Double(right) / Double(precise), Double(right) / Double(recalled))
            return 2 * p * r / (p + r)
        }
        let logs = pairs.map { -log($0.y[$0.d]) }.reduce(0, +) / Double(pairs.count)
        let expected: [Metric: Double] = [
            .accuracy: share { $0 == best($1) }, .topAccuracy(1): share { $0 == best($1) },
            .topAccuracy(2): share { d, y in y.sorted(by: >).prefix(2).contains(y[d]) }, .topAccuracy(4): 1,
            .macroF1: scores.reduce(0, +) / Double(scores.count), .perplexity: exp(logs),
        ]
        #expect(found.count == pairs.count)
        for (metric, value) in expected {
            #expect(abs(try #require(found[metric]) - value) <= Tolerance.naive, "\(metric)")
        }
        #expect(found[.rmse] == nil)
        for d in 0..<4 {
            for k in 0..<4 { #expect(found.confusion[d][k] == pairs.count { $0.d == d && best($0.y) == k }) }
        }
    }

    @Test func metricsOfValuesAreWhatTheirFormulasSay() throws {
        let (x, network) = (inputs(lengths), network(2, .sigmoid))
        var d = inputs(lengths, width: 2)
        d[0][3][1] = .nan
        d[5][0] = [.nan, .nan]
        let data = try SequenceDataSet(x, targets: .everyStep(d), weights: .leavingOutNaN(of: d))
        for steps in [LossSteps.every, .last, .afterBurnIn(0)] {
            let found = try network.evaluate(data, [.rmse, .mae, .mase(scale: 0.4)], at: steps, batchSize: 4)
            var errors: [Double] = []
            for (b, sequence) in x.enumerated() {
                let y = try network.forward(SequenceBatch([sequence])).outputs.rowArrays
                for t in y.indices where steps != .last || t == y.count - 1 {
                    for o in 0..<2 where !d[b][t][o].isNaN { errors.append(d[b][t][o] - y[t][o]) }
                }
            }
            let count = Double(errors.count)
            let mae = errors.map(abs).reduce(0, +) / count
            let rmse = (errors.map { $0 * $0 }.reduce(0, +) / count).squareRoot()
            #expect(abs(found[.mae]! - mae) <= Tolerance.naive)
            #expect(abs(found[.rmse]! - rmse) <= Tolerance.naive)
            #expect(abs(found[.mase(scale: 0.4)]! - mae / 0.4) <= Tolerance.naive)
            #expect(found.confusion.isEmpty)
        }
    }

    @Test func aQuantileLossIsThatOfTheObjective() throws {
        let levels = [0.1, 0.5, 0.9]
        let (x, network) = (inputs([6, 3]), network(6, .linear))
        let d = inputs([6, 3], width: 2)
        let data = try SequenceDataSet(x, targets: .everyStep(d))
        let found = try network.evaluate(data, [.quantileLoss(levels)])[.quantileLoss(levels)]
        let batch = try SequenceBatch(x)
        let objective = try Objective(
            .quantile(levels), batch.targets(everyStep: d), on: batch, for: network, reduction: .meanOverSteps
        )
        let E = try Unfolding(for: network).loss(of: network, on: batch, objective)
        #expect(abs(try #require(found) - E / 6) <= Tolerance.naive)
    }

    @Test func theNaiveScaleIsTheMeanChangeOverAPeriod() {
        #expect(Metric.naiveScale(of: [1, 2, 4, 1]) == 2)
        #expect(Metric.naiveScale(of: [1, 2, 4, 1], period: 2) == 2)
        #expect(Metric.naiveScale(of: [1, 2, 4, 3], period: 3) == 2)
    }

    @Test func metricsThatDoNotGoWithDataOrNetworkAreNamed() throws {
        let x = inputs([2, 1])
        let classes = try SequenceDataSet(x, targets: .classOfEveryStep([[0, 1], [5]]))
        let values = try SequenceDataSet(x, targets: .everyStep([[[1, 2], [3, 4]], [[5, 6]]]))
        func problem(
            _ data: SequenceDataSet<Double>, _ metric: Metric, _ outputs: Int,
            _ output: OutputFunction = .softmax,
            readOut: ReadOut = .everyStep
        ) throws -> String {
            try #require(throws: EvaluationError.self) {
                _ = try network(outputs, output, readOut: readOut).evaluate(data, [metric])
            }.description
        }
        #expect(try problem(classes, .accuracy, 4).contains("class 5, which is not in 0..<4"))
        #expect(try problem(classes, .rmse, 6).contains("targets are classes"))
        #expect(try problem(values, .accuracy, 2).contains("targets are values"))
        #expect(try problem(values, .mae, 3, .linear).contains("targets have 2 values"))
        #expect(try problem(values, .quantileLoss([0.1, 0.9]), 2, .linear).contains("compares 1"))
        #expect(try problem(values, .quantileLoss([0.1, 1.9]), 2, .linear).contains("between 0 and 1"))
        #expect(try problem(values, .mase(scale: 0), 2, .linear).contains("scale of 0.0"))
        #expect(try problem(classes, .topAccuracy(7), 6).contains("largest 7 of 6"))
        #expect(try problem(classes, .perplexity, 6, .linear).contains("softmax"))
        #expect(try problem(classes, .accuracy, 6, readOut: .lastStep).contains("one target a sequence"))
    }

    @Test func theEpochWithTheBestMetricIsTheBest() throws {
        var generator = RandomGenerator(seed: 3)
        let x = inputs((0..<30).map { 1 + $0 % 5 })
        let classes = x.map { $0.map { $0[0] + 0.5 * generator.normal() > 0 ? 1 : 0 } }
        let data = try SequenceDataSet(x, targets: .classOfEveryStep(classes))
        func run(_ judge: Metric?) throws -> (Trainer<Double>, [TrainingEpoch]) {
            var settings = TrainingSettings(loss: .crossEntropy, learningRate: 0.05, epochs: 12)
            (settings.judge, settings.batchSize) = (judge, 10)
            settings.patience = judge == nil ? nil : 3
            let trainer = try Trainer(
                network(2, .softmax), on: .sequences(data.subset(Array(0..<20))), settings,
                validation: .sequences(data.subset(Array(20..<30))))
            var epochs: [TrainingEpoch] = []
            try trainer.run { if case .epoch(let epoch) = $0 { epochs.append(epoch) } }
            return (trainer, epochs)
        }
        let (trainer, epochs) = try run(.accuracy)
        let metrics = try epochs.map { try #require($0.metric) }
        for (number, epoch) in epochs.enumerated() {
            #expect(epoch.isBest == metrics[..<number].allSatisfy { $0 < metrics[number] })
        }
        let validation = data.subset(Array(20..<30))
        #expect(try trainer.bestNetwork.evaluate(validation, [.accuracy])[.accuracy] == metrics.max())
        #expect(epochs.count < 12 && epochs.suffix(3).allSatisfy { !$0.isBest })
        #expect(try run(nil).1.allSatisfy { $0.metric == nil })
        var settings = TrainingSettings(loss: .crossEntropy, learningRate: 0.05, epochs: 1)
        settings.judge = .rmse
        for validation in [nil, TrainingData.sequences(data)] {
            let error = try #require(throws: TrainerError.self) {
                _ = try Trainer(network(2, .softmax), on: .sequences(data), settings, validation: validation)
            }
            #expect(
                error.description.contains(validation == nil ? "give some" : "targets are classes"))
        }
    }
}
