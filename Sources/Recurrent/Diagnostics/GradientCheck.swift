import RecurrentLinearAlgebra

/// The gradients of backpropagation through time compared with difference quotients of the loss, for every parameter,
/// s_0 and x, and where the network allows it with a second exact computation, real-time recurrent learning.
///
/// For any network, batch and objective, in Double, before and after training. Of a smooth loss a correct gradient
/// deviates by `tolerance` at most, and every wrong element by more, unless its error is smaller than what the
/// differences resolve (`Deviation.uncertainty`). A ReLU network is not smooth where some z_t is 0: differences show no
/// derivative there, their uncertainty is as large as the jump of the slope, and only the second computation counts.
///
/// Real-time recurrent learning takes part for forward Elman layers with up to 64 states in all, if nothing is dropped.
public struct GradientCheck: Sendable {
    /// The worst element of one gradient.
    public struct Deviation: Sendable {
        /// "W_x", "W_s", "W_y", "b_s", "b_y", "s_0" or "x".
        public let name: String
        public let row: Int
        public let column: Int
        public let fromBackpropagation: Double
        public let fromDifferences: Double
        /// nil if real-time recurrent learning does not take part; it has no gradient by x.
        public let fromRealTimeRecurrence: Double?
        /// The least error that the differences show in this element: their own rounding and truncation.
        public let uncertainty: Double
        /// The distance of backpropagation from the differences, relative to the element's magnitude, or to
        /// `uncertainty` / `tolerance` where that is larger; or that from real-time recurrent learning, relative
        /// likewise to the rounding of both, if it is larger. Infinite if one of the numbers is NaN or infinite.
        public let relative: Double
    }

    /// The largest relative deviation of a correct gradient.
    public static let tolerance = 1e-8

    package let gradients: [CheckedGradient]

    /// The worst element of each gradient.
    public let deviations: [Deviation]

    /// The worst of all.
    public var worst: Deviation { deviations.max { $0.relative < $1.relative }! }

    /// - Parameters:
    ///   - network: the network to check.
    ///   - batch: its input; keep it small.
    ///   - objective: the loss, made for this batch.
    ///   - initialState: s_0, B × H; by default the network's own, which then is one of its parameters, or zero.
    ///   - dropoutSeed: decides which elements are dropped; without it none are.
    /// - Throws: `PassError` if network, batch, objective and s_0 do not belong together, if s_0 is not finite, or if the
    ///   batch does not fit into memory.
    ///
    /// Cost: six forward passes for each parameter, each element of s_0 and each input, and up to thirty where the loss
    /// is not smooth or the gradient almost zero; n·H² operations for each step of a sequence, n being the number of
    /// parameters, for real-time recurrent learning.
    public init(
        of network: RecurrentNetwork<Double>, on batch: SequenceBatch<Double>,
        _ objective: Objective<Double>, from initialState: Matrix<Double>? = nil, dropoutSeed: UInt64? = nil
    ) throws(PassError) {
        let unfolding = Unfolding(for: network, workers: 1)
        let zeros = Matrix<Double>(rows: batch.sequences, columns: network.configuration.stateWidth)
        let s_0 = initialState ?? (network.configuration.learnsInitialState ? nil : zeros)
        _ = try unfolding.lossAndGradient(
            of: network, on: batch, objective, from: s_0, inputGradient: !batch.isTokens,
            dropoutSeed: dropoutSeed)
        let (gradient, byState) = (unfolding.gradient, unfolding.initialStateGradient)
        let byInputs = unfolding.inputGradient
        let loss = CheckedLoss(network, batch, objective, from: s_0, dropoutSeed: dropoutSeed)
        let realTime = RealTimeGradient(
            of: network, on: batch, objective, from: s_0, drops: dropoutSeed != nil)

        let (differences, least) = try loss.derivatives(in: unfolding)
        gradients = zip(loss.arguments, differences).map { argument, differences in
            let exact =
                switch argument {
                case .parameter(let name): gradient[name]
                case .initialState: byState
                case .inputs: byInputs
                }
            return CheckedGradient(
                name: argument.name, fromBackpropagation: exact ?? zeros, fromDifferences: differences,
                fromRealTimeRecurrence: realTime?.derivatives(by: argument, atLeast: least))
        }
        deviations = gradients.map(\.worst)
    }
}
