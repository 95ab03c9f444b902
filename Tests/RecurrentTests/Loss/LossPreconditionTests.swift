import RecurrentLinearAlgebra
import Recurrent
import TestSupport
import Testing

/// Losses, targets and weights that do not belong together stop the program with a message.
@Suite struct LossPreconditionTests {
    /// One sequence of two steps, and a network of two outputs.
    private static func network(_ output: OutputFunction = .linear) -> RecurrentNetwork<Double> {
        readThrough(width: 2, output)
    }
    private static func batch() throws -> SequenceBatch<Double> { try SequenceBatch([[[1, 2], [3, 4]]]) }

    @Test func anOwnLossWithoutItsClosureStops() async {
        expectMessage(
            "make the objective with an OwnLoss",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let batch = try LossPreconditionTests.batch()
                let targets = try batch.targets(everyStep: [[[1, 2], [3, 4]]])
                _ = try Objective(.own("mine"), targets, on: batch, for: LossPreconditionTests.network())
            })
    }

    @Test func targetsOfAnotherWidthStop() async {
        expectMessage(
            "targets are 2 × 2 where 2 × 1 are expected",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let batch = try LossPreconditionTests.batch()
                let targets = try batch.targets(everyStep: [[[1, 2], [3, 4]]])
                _ = try Objective(.gaussian, targets, on: batch, for: LossPreconditionTests.network())
            })
    }

    @Test func weightsOfValuesStopALossWithoutValues() async {
        expectMessage(
            "softCrossEntropy takes no weights of values",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let batch = try LossPreconditionTests.batch()
                let targets = try batch.targets(everyStep: [[[0.5, 0.5], [0, 1]]])
                _ = try Objective(
                    .softCrossEntropy, targets, on: batch, for: LossPreconditionTests.network(.softmax),
                    targetWeights: Matrix(rows: 2, columns: 2))
            })
    }

    @Test func aLossWithImpossibleNumbersStops() async {
        expectMessage(
            "levels [1.5]",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let batch = try LossPreconditionTests.batch()
                let targets = try batch.targets(everyStep: [[[1, 2], [3, 4]]])
                _ = try Objective(.quantile([1.5]), targets, on: batch, for: LossPreconditionTests.network())
            })
    }

    @Test func aGivenGradientOfAnotherShapeStops() async {
        expectMessage(
            "the gradient by the outputs is 1 × 2; T·B × O, or B × O, is 2 × 2",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let network = LossPreconditionTests.network()
                try Unfolding(for: network).gradient(
                    of: network, on: LossPreconditionTests.batch(),
                    outputGradient: Matrix(rows: 1, columns: 2))
            })
    }

    @Test func labelsOfSomeStepsStop() async {
        expectMessage(
            "labels of whole sequences are for networks with an output for every step",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let batch = try LossPreconditionTests.batch()
                _ = try Objective(
                    .ctc(), batch.targets(labels: [[1]]), on: batch,
                    for: LossPreconditionTests.network(.softmax),
                    at: .last)
            })
    }

    @Test func aGroupOfNothingStopsAnOptimiser() async {
        expectMessage(
            "a group has none of the network's parameters: of layer 8",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var parameters = LossPreconditionTests.network().parameters
                var optimiser = Optimiser<Double>(.sgd(), learningRate: 1, groups: [.frozen(.layer(7))])
                optimiser.update(&parameters, along: parameters)
            })
    }
}
