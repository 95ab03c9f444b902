import Recurrent
import RecurrentLinearAlgebra
import Testing

/// Losses, targets and weights that do not belong together are refused by an error.
@Suite struct LossRefusalTests {
    private let batch = try! SequenceBatch([[[1.0, 2], [3, 4]]])

    /// The message of an objective for a network of two outputs and a batch of two steps.
    private func problem(
        _ loss: Loss, _ targets: Targets<Double>, _ output: OutputFunction = .linear,
        at steps: LossSteps = .every, targetWeights: Matrix<Double>? = nil
    ) throws -> String {
        let network = readThrough(width: 2, output)
        let error = #expect(throws: DataError.self) {
            _ = try Objective(
                loss, targets, on: batch, for: network, at: steps, targetWeights: targetWeights)
        }
        return error?.description ?? ""
    }

    private func values(_ rows: [[Double]] = [[1, 2], [3, 4]]) throws -> Targets<Double> {
        try batch.targets(everyStep: [rows])
    }

    @Test func targetsMustBeThoseOfTheLoss() throws {
        #expect(try problem(.own("mine"), values()).contains("make the objective with an OwnLoss"))
        #expect(try problem(.gaussian, values()).contains("2 values where loss and network take 1"))
        #expect(try problem(.quantile([1.5]), values()).contains("levels [1.5]"))
        #expect(try problem(.ctc(), values(), .softmax).contains("takes labels of sequences as targets"))
        let labels = try batch.targets(labels: [[1]])
        #expect(try problem(.crossEntropy, labels, .softmax).contains("takes class indices as targets"))
        #expect(try problem(.ctc(), labels, .softmax, at: .last).contains("all of which count"))
        #expect(throws: DataError.targetCount(found: 2, sequences: 1)) {
            try batch.targets(labels: [[1], [1]])
        }
    }

    @Test func weightsOfValuesMustBeThoseOfTheTargets() throws {
        let weights = Matrix<Double>(rows: 2, columns: 2)
        let distributions = try values([[0.5, 0.5], [0, 1]])
        #expect(
            try problem(.softCrossEntropy, distributions, .softmax, targetWeights: weights)
                .contains("softCrossEntropy takes no weights of values"))
        #expect(
            try problem(.squaredError, values(), targetWeights: Matrix(rows: 1, columns: 2))
                .contains("weights of values are 1 × 2, targets 2 × 2"))
        let classes: Targets<Double> = try batch.targets(everyStep: [[0, 1]])
        #expect(
            try problem(.crossEntropy, classes, .softmax, targetWeights: weights)
                .contains("for targets that are no values"))
    }

    @Test func targetsOfAnOwnLossHaveARowForEachStepOrNone() throws {
        let network = readThrough(width: 2, .linear)
        let own = OwnLoss<Double>("nothing") { _ in 0 }
        func problem(_ targets: Targets<Double>) throws -> String {
            let error = #expect(throws: DataError.self) {
                _ = try Objective(own, targets, on: batch, for: network)
            }
            return error?.description ?? ""
        }
        #expect(try problem(.values(Matrix(rows: 1, columns: 7))).contains("there are 1 rows where 2"))
        #expect(try problem(.classes([1])).contains("there are 1 class targets where 2"))
        #expect(try problem(.labels([[1]])).contains("nothing takes values or classes"))
        #expect(throws: Never.self) { try Objective(own, on: batch, for: network) }
    }

    @Test func aGivenGradientHasTheShapeOfTheOutputs() throws {
        let network = readThrough(width: 2, .linear)
        let error = #expect(throws: PassError.self) {
            try Unfolding(for: network).gradient(
                of: network, on: batch, outputGradient: Matrix(rows: 1, columns: 2))
        }
        #expect(
            error?.description.contains(
                "the gradient by the outputs is 1 × 2; T·B × O, or B × O, is 2 × 2") == true)
    }
}
