import LinearAlgebra
import Recurrent
import Testing

/// The programmer's errors: shapes and settings that do not fit stop the program.
@Suite struct PreconditionTests {
    private static let configuration = ElmanConfiguration(inputWidth: 2, stateWidth: 3, outputWidth: 1)

    private static func network() -> ElmanNetwork<Double> {
        var generator = RandomGenerator(seed: 1)
        return ElmanNetwork(configuration, using: &generator)
    }

    @Test func aWidthOfZeroStops() async {
        await #expect(processExitsWith: .failure) {
            _ = ElmanConfiguration(inputWidth: 1, stateWidth: 0, outputWidth: 1)
        }
    }

    @Test func inputsOfAnotherWidthStop() async {
        await #expect(processExitsWith: .failure) {
            _ = PreconditionTests.network().forward(try SequenceBatch([[[1.0]]]))
        }
    }

    @Test func aStateOfAnotherShapeStops() async {
        await #expect(processExitsWith: .failure) {
            let batch = try SequenceBatch([[[1.0, 2]]])
            _ = PreconditionTests.network().forward(batch, from: Matrix(rows: 2, columns: 3))
        }
    }

    @Test func aLossThatDoesNotGoWithTheOutputsStops() async {
        await #expect(processExitsWith: .failure) {
            let batch = try SequenceBatch([[[1.0, 2]]])
            let targets = try batch.targets(lastStep: [0])
            _ = try Objective(.crossEntropy, targets, on: batch, for: PreconditionTests.configuration)
        }
    }

    @Test func anObjectiveOfAnotherBatchStops() async {
        await #expect(processExitsWith: .failure) {
            let batch = try SequenceBatch([[[1.0, 2]]])
            let other = try SequenceBatch([[[1.0, 2], [3, 4]]])
            let objective = try Objective(
                .squaredError, try batch.targets(lastStep: [[0.0]]), on: batch,
                for: PreconditionTests.configuration)
            let unfolding = Unfolding<Double>(PreconditionTests.configuration)
            _ = unfolding.loss(of: PreconditionTests.network(), on: other, objective)
        }
    }

    @Test func settingsOutOfRangeStop() async {
        await #expect(processExitsWith: .failure) { _ = GradientDescent<Double>(learningRate: -1) }
        await #expect(processExitsWith: .failure) { _ = GradientDescent<Double>(learningRate: .nan) }
        await #expect(processExitsWith: .failure) {
            _ = GradientDescent<Double>(learningRate: 1, momentum: 1)
        }
        await #expect(processExitsWith: .failure) {
            _ = GradientDescent<Double>(learningRate: 1, clipping: .norm(0))
        }
    }

    @Test func aPartOfTheWrongShapeStops() async {
        await #expect(processExitsWith: .failure) {
            var network = PreconditionTests.network()
            network.parameters[.stateWeights] = Matrix(rows: 2, columns: 3)
        }
    }

    @Test func anUnfoldedGradientOfSeveralLossesStops() async {
        await #expect(processExitsWith: .failure) {
            let batch = try SequenceBatch([[[1.0, 2], [3, 4]]])
            let targets = try batch.targets(everyStep: [[[0.0], [1]]])
            let objective = try Objective(
                .squaredError, targets, on: batch, for: PreconditionTests.configuration)
            _ = UnfoldedGradient(of: PreconditionTests.network(), on: batch, objective)
        }
    }
}
