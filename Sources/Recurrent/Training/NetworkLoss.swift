import RecurrentLinearAlgebra

/// The loss of a network on one batch.
struct NetworkLoss<S: Scalar>: DifferentiableFunction {
    private var network: RecurrentNetwork<S>
    /// Replaces the network's parameters between evaluations, so that the caller's have a single owner and are changed in
    /// place.
    private let placeholder: Parameters<S>
    private let unfolding: Unfolding<S>
    private let batch: SequenceBatch<S>
    private let objective: Objective<S>
    private let initialState: Matrix<S>?
    /// Parameters that do not learn, whose gradient is zero.
    private let frozen: [Range<Int>]

    init(
        _ network: RecurrentNetwork<S>, placeholder: Parameters<S>, in unfolding: Unfolding<S>,
        on batch: SequenceBatch<S>, _ objective: Objective<S>, from initialState: Matrix<S>?,
        frozen: [Range<Int>]
    ) {
        self.network = network
        self.network.parameters = placeholder
        self.placeholder = placeholder
        self.unfolding = unfolding
        self.batch = batch
        self.objective = objective
        self.initialState = initialState
        self.frozen = frozen
    }

    mutating func evaluate(
        at parameters: Parameters<S>, into gradient: inout Parameters<S>
    ) throws(TrainingError) -> Double {
        network.parameters = parameters
        defer { network.parameters = placeholder }
        do throws(PassError) {
            let loss = try unfolding.lossAndGradient(of: network, on: batch, objective, from: initialState)
            gradient.mutableVector.copy(from: unfolding.gradient.vector)
            if !frozen.isEmpty { gradient.fill(frozen, with: 0) }
            return loss
        } catch {
            throw .pass(error)
        }
    }
}
