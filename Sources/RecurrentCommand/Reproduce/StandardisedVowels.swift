import Recurrent
import RecurrentLinearAlgebra

/// The training and test series, every channel standardised by its mean and deviation in the training series.
struct StandardisedVowels {
    let training: [TimeSeriesFile.Series]
    let test: [TimeSeriesFile.Series]

    init(training: TimeSeriesFile, test: TimeSeriesFile) {
        let frames = training.series.flatMap(\.steps)
        let standardisations = frames[0].indices.map { channel in
            Standardisation(fittedTo: frames.map { $0[channel] })
        }
        func standardise(_ series: TimeSeriesFile.Series) -> TimeSeriesFile.Series {
            let steps = series.steps.map { zip(standardisations, $0).map { $0.standardise($1) } }
            return TimeSeriesFile.Series(steps: steps, label: series.label)
        }
        self.training = training.series.map(standardise)
        self.test = test.series.map(standardise)
    }

    /// A batch of series, with Gaussian noise of deviation `noise` added to every value.
    static func batch(
        _ series: [TimeSeriesFile.Series], noise: Double, using generator: inout RandomGenerator
    ) throws -> (SequenceBatch<Float>, Targets<Float>) {
        let lengths = series.map(\.steps.count)
        let (longest, width) = (lengths.max() ?? 0, series.first?.steps.first?.count ?? 0)
        let values = Matrix<Float>(rows: longest * series.count, columns: width) { row, channel in
            let (step, sequence) = row.quotientAndRemainder(dividingBy: series.count)
            if step >= lengths[sequence] { return 0 }
            let value = series[sequence].steps[step][channel]
            return Float(noise > 0 ? value + noise * generator.normal() : value)
        }
        let inputs = try SequenceBatch(
            inputs: values, steps: longest, sequences: series.count, lengths: lengths)
        return (inputs, try inputs.targets(perSequence: series.map(\.label)))
    }
}
