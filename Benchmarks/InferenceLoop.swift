import RecurrentLinearAlgebra
import Recurrent

/// Forward passes over one batch, into the same result.
final class InferenceLoop<S: Scalar> {
    private let network: RecurrentNetwork<S>
    private let batch: SequenceBatch<S>
    private var result: ForwardPass<S>
    private let unfolding: Unfolding<S>

    /// - Parameter states: true if states are copied out too.
    init(_ network: RecurrentNetwork<S>, on batch: SequenceBatch<S>, states: Bool = false, workers: Int) {
        (self.network, self.batch) = (network, batch)
        result = ForwardPass(for: batch, network, states: states)
        unfolding = Unfolding(for: network, workers: workers)
    }

    func pass() throws { try unfolding.forward(network, on: batch, into: &result) }
}
