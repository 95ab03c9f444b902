import RecurrentLinearAlgebra
import Recurrent

/// A network before training, and the way in which it is trained.
struct TrainingPlan<S: Scalar> {
    let network: RecurrentNetwork<S>
    let data: TrainingData<S>
    var validation: TrainingData<S>?
    let settings: TrainingSettings
    /// A few sequences on which the network is examined after every epoch.
    let probe: Probe<S>
}

/// The length of a schedule.
func stepCount(sequences: Int, batchSize: Int, epochs: Int) -> Int {
    epochs * ((sequences + batchSize - 1) / batchSize)
}
