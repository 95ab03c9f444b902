import RecurrentLinearAlgebra
import Recurrent

/// A batch that stays the same throughout a training, and the loss on it.
struct Probe<S: Scalar> {
    let batch: SequenceBatch<S>
    let objective: Objective<S>
}
