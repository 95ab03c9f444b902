import RecurrentLinearAlgebra

/// The data of one epoch.
public enum TrainingData<S: Scalar>: Sendable {
    /// Sequences of any lengths, in batches.
    case sequences(SequenceDataSet<S>)
    /// Parallel streams, window after window; each window begins with the states of the one before.
    case streams(StreamDataSet<S>, TruncatedWindow)

    var sequences: SequenceDataSet<S> {
        switch self {
        case .sequences(let data): data
        case .streams(let streams, _): streams.sequence
        }
    }

    /// The number of batches in an epoch.
    func batches(batchSize: Int) -> Int {
        switch self {
        case .sequences(let data): (data.count + batchSize - 1) / batchSize
        case .streams(let streams, let window): window.windows(steps: streams.steps).count
        }
    }
}
