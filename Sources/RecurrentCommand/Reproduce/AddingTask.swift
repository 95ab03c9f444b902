import RecurrentLinearAlgebra
import Recurrent

/// Sequences of numbers from 0...1, one of each half marked; the answer is the sum of the two marked numbers.
///
/// Always answering 1 has a mean squared error of 1/6.
struct AddingTask<S: Scalar> {
    /// T
    let timesteps: Int

    /// x_t is a number, and 1 if it is marked, otherwise 0. There is one target for each sequence.
    func batch(
        sequences: Int, using generator: inout RandomGenerator
    ) throws -> (SequenceBatch<S>, Targets<S>) {
        let half = timesteps / 2
        let marked = (0..<sequences).map { _ in
            [generator.index(below: half), half + generator.index(below: timesteps - half)]
        }
        let inputs = Matrix<Double>(rows: timesteps * sequences, columns: 2) { row, feature in
            feature == 0 ? generator.uniform() : marked[row % sequences].contains(row / sequences) ? 1 : 0
        }
        let sums = marked.enumerated().map { sequence, steps in
            steps.reduce(0.0) { $0 + inputs[$1 * sequences + sequence, 0] }
        }
        let batch = try SequenceBatch<S>(
            inputs: inputs.converted(to: S.self), steps: timesteps, sequences: sequences)
        return (batch, try batch.targets(perSequence: sums.map { [S($0)] }))
    }
}
