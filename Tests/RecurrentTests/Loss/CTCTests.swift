import Foundation
import NaiveReference
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import TestSupport
import Testing

/// Labels without alignment.
@Suite struct CTCTests {
    private func objective(
        _ labels: [[Int]], blank: Int = 0, on batch: SequenceBatch<Double>,
        for network: RecurrentNetwork<Double>,
        weights: Matrix<Double>? = nil, reduction: Reduction = .sum
    ) throws -> Objective<Double> {
        try Objective(
            .ctc(blank: blank), batch.targets(labels: labels), on: batch, for: network, weights: weights,
            reduction: reduction)
    }

    private func random(_ lengths: [Int], _ width: Int, seed: UInt64) -> [[[Double]]] {
        var generator = RandomGenerator(seed: seed)
        return lengths.map { length in
            (0..<length).map { _ in (0..<width).map { _ in 2 * generator.uniform(within: 1) } }
        }
    }

    private struct Case: Decodable {
        let blank: Int
        let labels: [[Int]]
        let a: [[[Double]]]
        let losses: [Double]
        let gradients: [[[Double]]]
    }

    @Test func lossesAndGradientsAreThoseOfPyTorch() throws {
        let data = try Data(contentsOf: Fixtures.folder.appendingPathComponent("ctc.json"))
        let cases = try JSONDecoder().decode([Case].self, from: data)
        #expect(cases.count == 5)
        for recorded in cases {
            let network = readThrough(width: recorded.a[0][0].count, .softmax)
            let batch = try SequenceBatch(recorded.a)
            let objective = try objective(
                recorded.labels, blank: recorded.blank, on: batch, for: network)
            let unfolding = Unfolding(for: network)
            let E = try unfolding.lossAndGradient(of: network, on: batch, objective, inputGradient: true)
            let sum = recorded.losses.reduce(0, +)
            #expect(abs(E - sum) <= Tolerance.alignments * sum)
            #expect(
                abs(try unfolding.loss(of: network, on: batch, objective) - sum) <= Tolerance.alignments * sum
            )
            _ = try unfolding.lossAndGradient(of: network, on: batch, objective, inputGradient: true)
            let gradient = try #require(unfolding.inputGradient)
            for (b, rows) in recorded.gradients.enumerated() {
                for (t, row) in rows.enumerated() {
                    for (k, expected) in row.enumerated() {
                        let found = gradient[t * recorded.a.count + b, k]
                        #expect(abs(found - expected) <= Tolerance.alignments)
                    }
                }
            }
        }
    }

    @Test(arguments: [0, 1, 2])
    func aLossIsTheSumOverAllPaths(blank: Int) throws {
        let network = readThrough(width: 3, .softmax)
        let others = [0, 1, 2].filter { $0 != blank }
        let (p, q) = (others[0], others[1])
        for (steps, labels) in [
            (1, []), (1, [p]), (2, [p, q]), (3, [p, p]), (4, [q, p]), (5, [p, p, q]), (6, [p, q, p]), (6, []),
        ] {
            let a = random([steps], 3, seed: UInt64(steps))
            let batch = try SequenceBatch(a)
            let objective = try objective([labels], blank: blank, on: batch, for: network)
            let y = try network.forward(batch).outputs.rowArrays
            let expected = NaiveAlignments.loss(y, labels: labels, blank: blank, elementary: .platform)
            let found = try Unfolding(for: network).loss(of: network, on: batch, objective)
            #expect(abs(found - expected) <= Tolerance.naive * max(1, expected), "\(steps) steps, \(labels)")
        }
    }

    @Test(arguments: [
        Problem(output: .softmax, T: 7, B: 4, ragged: true, O: 4),
        Problem(output: .softmax, directions: .bidirectional, T: 6, B: 5, ragged: true, O: 4),
        Problem(cell: .lstm, output: .softmax, layers: 2, stateDropout: 0.3, T: 6, B: 4, ragged: true, O: 4),
    ])
    func gradientsAgreeWithCentralDifferences(problem: Problem) throws {
        let drawn = try Drawn<Double>(problem)
        let labels = drawn.batch.lengths.map { length in (0..<(length + 1) / 2).map { 1 + $0 % 3 } }
        for reduction in Reduction.allCases {
            let weights = Matrix<Double>(rows: 1, columns: problem.B) { Double($1 % 3) + 0.5 * Double($0) }
            let objective = try objective(
                labels, on: drawn.batch, for: drawn.network, weights: weights, reduction: reduction)
            let check = try GradientCheck(
                of: drawn.network, on: drawn.batch, objective, from: drawn.initialState,
                dropoutSeed: drawn.dropoutSeed)
            #expect(check.worst.relative <= GradientCheck.tolerance, "\(check.worst)")
        }
    }

    @Test func lossesInFloatAreThoseInDoubleToItsPrecision() throws {
        let problem = Problem(output: .softmax, T: 30, B: 5, ragged: true, O: 4)
        func result<S: Scalar>(_ type: S.Type) throws -> (Double, Parameters<S>) {
            let drawn = try Drawn<S>(problem)
            let labels = drawn.batch.lengths.map { length in (0..<length / 3).map { 1 + $0 % 3 } }
            let objective = try Objective(
                .ctc(), drawn.batch.targets(labels: labels), on: drawn.batch, for: drawn.network)
            let unfolding = Unfolding(for: drawn.network)
            let E = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, objective)
            return (E, unfolding.gradient)
        }
        // The networks are drawn in Double and rounded.
        let (inFloat, gradient) = try result(Float.self)
        let (inDouble, expected) = try result(Double.self)
        #expect(abs(inFloat - inDouble) <= Tolerance.naiveInFloat * inDouble)
        for part in expected.layout.parts {
            #expect(deviation(gradient[part.name]!, expected[part.name]!) <= Tolerance.naiveInFloat)
        }
    }

    /// Outputs so sure of themselves that probabilities of paths underflow.
    @Test func lossesOfProbabilitiesThatUnderflowAreFinite() throws {
        let network = readThrough(width: 3, .softmax)
        let a = (0..<300).map { _ in [0.0, -50, 50] }
        let batch = try SequenceBatch([a])
        let objective = try objective([[1, 1]], on: batch, for: network)
        let unfolding = Unfolding(for: network)
        let E = try unfolding.lossAndGradient(of: network, on: batch, objective, inputGradient: true)
        // All steps but two at 50 below the best, those two at 100.
        #expect(E > 15_000 && E < 15_100)
        #expect(try #require(unfolding.inputGradient).elements.allSatisfy(\.isFinite))
    }

    @Test func everyNumberOfWorkersGivesTheSameBits() throws {
        for problem in [
            Problem(output: .softmax, T: 40, B: 37, ragged: true, I: 9, H: 17, O: 5),
            Problem(output: .softmax, T: 150, B: 1, I: 30, H: 40, O: 5),
        ] {
            let drawn = try Drawn<Double>(problem)
            let labels = drawn.batch.lengths.map { length in (0..<length / 3).map { 1 + $0 % 4 } }
            let objective = try objective(labels, on: drawn.batch, for: drawn.network)
            func result(workers: Int) throws -> [Double] {
                let unfolding = Unfolding(for: drawn.network, workers: workers)
                let E = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, objective)
                return [E] + unfolding.gradient.elements
            }
            let alone = try result(workers: 1)
            for workers in [2, 3, 7] { #expect(try result(workers: workers) == alone) }
        }
    }

    /// Strokes of unequal length that have to be named in order.
    @Test func aNetworkLearnsToNameWhatItIsNotToldWhere() throws {
        var generator = RandomGenerator(seed: 4)
        func draw(_ count: Int) -> ([[[Double]]], [[Int]]) {
            let labels = (0..<count).map { _ in (0..<3).map { _ in 1 + generator.index(below: 2) } }
            let inputs = labels.map { labels in
                labels.flatMap { label -> [[Double]] in
                    let stroke = label == 1 ? [1.0, 0] : [0, 1.0]
                    return Array(repeating: stroke, count: 1 + generator.index(below: 3)) + [[0, 0]]
                }
            }
            return (inputs, labels)
        }
        let (inputs, labels) = draw(40)
        let data = try SequenceDataSet(inputs, targets: .labels(labels))
        let configuration = NetworkConfiguration(
            inputWidth: 2, stateWidth: 8, outputWidth: 3, output: .softmax)
        var settings = TrainingSettings(loss: .ctc(), learningRate: 0.05, epochs: 40)
        settings.batchSize = 8
        let trainer = try Trainer(
            RecurrentNetwork<Double>(configuration, using: &generator), on: .sequences(data), settings,
            validation: .sequences(data))
        try trainer.run()
        let (unseen, expected) = draw(20)
        let batch = try SequenceBatch(unseen)
        let pass = try trainer.bestNetwork.forward(batch)
        let found = unseen.indices.map { pass.labels(ofSequence: $0, steps: unseen[$0].count) }
        #expect(zip(found, expected).count { $0 == $1 } >= 18)
    }

    @Test func labelsThatCannotBeLaidOverTheStepsAreNamed() throws {
        let network = readThrough(width: 3, .softmax)
        let batch = try SequenceBatch(random([3, 2], 3, seed: 1))
        func expect(_ error: DataError, _ labels: [[Int]]) throws {
            #expect(throws: error) { _ = try objective(labels, on: batch, for: network) }
            let data = try SequenceDataSet(random([3, 2], 3, seed: 1), targets: .labels(labels))
            let found = try #require(throws: TrainerError.self) {
                _ = try Trainer(
                    network, on: .sequences(data),
                    TrainingSettings(loss: .ctc(), learningRate: 0.1, epochs: 1))
            }
            #expect(found.description == error.description)
        }
        try expect(.tooManyLabels(sequence: 1, labels: 2, needed: 3, steps: 2), [[1], [2, 2]])
        try expect(.tooManyLabels(sequence: 0, labels: 4, needed: 4, steps: 3), [[1, 2, 1, 2], [1]])
        try expect(.labelOutOfRange(sequence: 1, label: 3, classes: 3), [[1], [3]])
        try expect(.labelIsBlank(sequence: 0, label: 0), [[1, 0], [1]])
        // A sequence that weighs nothing may have them.
        let weights = Matrix<Double>(rows: 1, columns: 2) { 1 - Double($1) - Double($0) }
        _ = try objective([[1], [2, 2, 2]], on: batch, for: network, weights: weights)
        #expect(throws: DataError.targetWeightsOfLabels) {
            _ = try SequenceDataSet(
                random([3, 2], 3, seed: 1), targets: .labels([[1], [1]]),
                weights: LossWeights(targets: [[1, 1, 1], [1, 1]]))
        }
        func problem(_ loss: Loss, _ change: (inout TrainingSettings) -> Void = { _ in }) throws -> String {
            let data = try SequenceDataSet(random([3, 2], 3, seed: 1), targets: .labels([[1], [1]]))
            var settings = TrainingSettings(loss: loss, learningRate: 0.1, epochs: 1)
            change(&settings)
            return try #require(throws: TrainerError.self) {
                _ = try Trainer(network, on: .sequences(data), settings)
            }.description
        }
        #expect(try problem(.crossEntropy).contains("takes class indices, not labels"))
        #expect(try problem(.ctc(blank: 3)).contains("the blank 3 is not in 0..<3"))
        #expect(try problem(.ctc()) { $0.lossSteps = .last }.contains("let every step count"))
    }

    @Test func theBestPathIsCollapsed() throws {
        let network = readThrough(width: 3, .softmax)
        let path = [1, 1, 0, 1, 2, 2, 0, 0, 2]
        let rows = path.map { k in (0..<3).map { $0 == k ? 5.0 : 0 } }
        let pass = try network.forward(SequenceBatch([rows, [[0, 5, 0]]]))
        #expect(pass.labels(ofSequence: 0, steps: 9) == [1, 1, 2, 2])
        #expect(pass.labels(ofSequence: 0, steps: 9) == NaiveAlignments.collapsed(path, blank: 0))
        #expect(pass.labels(ofSequence: 0, steps: 9, blank: 2) == [1, 0, 1, 0])
        #expect(pass.labels(ofSequence: 1, steps: 1) == [1])
    }
}
