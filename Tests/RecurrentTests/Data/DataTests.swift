import RecurrentLinearAlgebra
import Recurrent
import Testing

@Suite struct DataTests {
    @Test func aRaggedBatchIsTimeMajorAndPaddedWithZeros() throws {
        let batch = try SequenceBatch<Double>([[[1], [2], [3]], [[4]]])
        #expect((batch.steps, batch.sequences, batch.width) == (3, 2, 1))
        #expect(batch.lengths == [3, 1] && batch.isRagged && batch.validSteps == 4)
        #expect(batch.inputs.elements == [1, 4, 2, 0, 3, 0])
    }

    @Test func badSequencesAreNamed() {
        func error(_ sequences: [[[Double]]]) -> DataError? {
            do throws(DataError) {
                _ = try SequenceBatch(sequences)
                return nil
            } catch { return error }
        }
        #expect(error([]) == .noSequences)
        #expect(error([[[1]], []]) == .emptySequence(sequence: 1))
        #expect(error([[[1, 2]], [[1, 2], [3]]]) == .width(sequence: 1, step: 1, found: 1, expected: 2))
        #expect(error([[[1, 2]], [[1, .nan]]]) == .notFinite(sequence: 1, step: 0, feature: 1))
    }

    @Test func badLengthsAreNamed() {
        let inputs = Matrix<Double>(rows: 6, columns: 1)
        #expect(throws: DataError.lengthOutOfRange(sequence: 1, length: 4, steps: 3)) {
            try SequenceBatch(inputs: inputs, steps: 3, sequences: 2, lengths: [3, 4])
        }
        #expect(throws: DataError.emptySequence(sequence: 0)) {
            try SequenceBatch(inputs: inputs, steps: 3, sequences: 2, lengths: [0, 3])
        }
        #expect(throws: DataError.lengthCount(found: 3, sequences: 2)) {
            try SequenceBatch(inputs: inputs, steps: 3, sequences: 2, lengths: [1, 2, 3])
        }
    }

    @Test func badTargetsAreNamed() throws {
        let batch = try SequenceBatch<Double>([[[1], [2]], [[4]]])
        var generator = RandomGenerator(seed: 1)
        let softmax = RecurrentNetwork<Double>(
            NetworkConfiguration(inputWidth: 1, stateWidth: 1, outputWidth: 3, output: .softmax),
            using: &generator)
        #expect(throws: DataError.length(sequence: 1, found: 2, expected: 1)) {
            try batch.targets(everyStep: [[0, 1], [2, 2]])
        }
        #expect(throws: DataError.classOutOfRange(sequence: 0, step: 1, index: 3, classes: 3)) {
            let targets = try batch.targets(everyStep: [[0, 3], [2]])
            _ = try Objective(.crossEntropy, targets, on: batch, for: softmax)
        }
        #expect(throws: DataError.classOutOfRange(sequence: 1, step: 0, index: -1, classes: 3)) {
            let targets = try batch.targets(lastStep: [0, -1])
            _ = try Objective(.crossEntropy, targets, on: batch, for: softmax, at: .last)
        }
        let sigmoid = RecurrentNetwork<Double>(
            NetworkConfiguration(inputWidth: 1, stateWidth: 1, outputWidth: 1, output: .sigmoid),
            using: &generator)
        #expect(throws: DataError.impossibleTarget(sequence: 0, step: 1, .outsideUnitInterval)) {
            let targets = try batch.targets(everyStep: [[[1.0], [1.5]], [[0.0]]])
            _ = try Objective(.binaryCrossEntropy, targets, on: batch, for: sigmoid)
        }
        #expect(throws: DataError.notFinite(sequence: 1, step: 0, feature: 0)) {
            let targets = try batch.targets(everyStep: [[[1.0], [1]], [[.infinity]]])
            _ = try Objective(.squaredError, targets, on: batch, for: sigmoid)
        }
        #expect(throws: DataError.noLoss) {
            let targets = try batch.targets(everyStep: [[[1.0], [1]], [[1]]])
            let nothing = Matrix<Double>(rows: 2, columns: 2)
            _ = try Objective(.squaredError, targets, on: batch, for: sigmoid, weights: nothing)
        }
    }

    @Test func aStandardisationGivesMeanZeroAndDeviationOne() {
        let values = [1.0, 2, 3, 6]
        let map = Standardisation(fittedTo: values)
        #expect(map.mean == 3)
        #expect(values.map { map.restore(map.standardise($0)) } == values)
        #expect(Standardisation(fittedTo: [5, 5]).standardise(5) == 0)
    }

    @Test func windowsEndBeforeTheirPositions() throws {
        let windows = SeriesWindows<Double>([0, 1, 2, 3, 4], length: 2)
        let (inputs, following) = try windows.batch(before: [2, 4])
        #expect(inputs.inputs.elements == [0, 2, 1, 3])
        #expect(following.elements == [1, 3, 2, 4])
    }
}
