import RecurrentLinearAlgebra

/// The gradients of backpropagation through time compared with central differences, for every parameter, s_0 and x:
///
///     ∂E/∂θ ≈ (E(θ + h) − E(θ − h)) / 2h,   h = 6·10⁻⁶ · max(1, |θ|)
///
/// For any network, batch and objective, in Double. Correct gradients of smooth losses deviate by 10⁻⁸ or less. A ReLU
/// network is not smooth if some z_t is within h of 0; the differences, not the gradient, are then wrong.
public struct GradientCheck: Sendable {
    /// The worst element of one gradient.
    public struct Deviation: Sendable {
        /// "W_x", "W_s", "W_y", "b_s", "b_y", "s_0" or "x".
        public let name: String
        public let row: Int
        public let column: Int
        public let fromBackpropagation: Double
        public let fromDifferences: Double
        /// Their distance, relative to the largest magnitude in this gradient (but at least 10⁻⁴ of the largest in any,
        /// so that a gradient near zero is not judged by its rounding).
        public let relative: Double
    }

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
    /// - Throws: `PassError` if the batch does not fit into memory, or if s_0 is not finite.
    ///
    /// Cost: two forward passes for each parameter, each element of s_0 and each input.
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
        let task = Task(
            network: network, batch: batch, objective: objective, initialState: s_0,
            dropoutSeed: dropoutSeed)
        let gradient = unfolding.gradient
        let (byState, byInputs) = (unfolding.initialStateGradient, unfolding.inputGradient)

        var comparisons: [Comparison] = []
        for part in network.parameters.layout.parts {
            let name = part.name
            comparisons.append(
                try Comparison(
                    name.description, exact: gradient.matrix(name), at: network.parameters.matrix(name),
                    of: task, in: unfolding
                ) { $0.network.parameters[name] = $1 })
        }
        if let s_0, let byState {
            comparisons.append(
                try Comparison("s_0", exact: byState, at: s_0, of: task, in: unfolding) {
                    $0.initialState = $1
                })
        }
        if let byInputs {
            comparisons.append(
                try Comparison("x", exact: byInputs, at: batch.inputs, of: task, in: unfolding) {
                    $0.batch = $0.batch.with(inputs: $1)
                })
        }

        let largest = comparisons.map(\.largest).max() ?? 0
        deviations = comparisons.map { $0.worst(largestOfAll: largest) }
    }
}

/// The arguments of a loss, one of which is changed.
private struct Task {
    var network: RecurrentNetwork<Double>
    var batch: SequenceBatch<Double>
    let objective: Objective<Double>
    var initialState: Matrix<Double>?
    let dropoutSeed: UInt64?

    func loss(
        in unfolding: Unfolding<Double>, _ value: Matrix<Double>,
        replacing change: (inout Task, Matrix<Double>) -> Void
    ) throws(PassError) -> Double {
        var changed = self
        change(&changed, value)
        return try unfolding.loss(
            of: changed.network, on: changed.batch, objective, from: changed.initialState,
            dropoutSeed: dropoutSeed)
    }
}

/// One gradient and its central differences.
private struct Comparison {
    /// h at a parameter of magnitude 1 or less: about the cube root of the rounding of a Double, which balances the error
    /// of the difference, h², with its cancellation, ε / h.
    private static let step = 6e-6
    /// The least scale of a gradient, relative to the largest of all.
    private static let leastScale = 1e-4

    let name: String
    let exact: Matrix<Double>
    let differences: Matrix<Double>
    var largest: Double { max(exact.largestMagnitude, differences.largestMagnitude) }

    init(
        _ name: String, exact: Matrix<Double>, at value: Matrix<Double>, of task: Task,
        in unfolding: Unfolding<Double>, replacing change: (inout Task, Matrix<Double>) -> Void
    ) throws(PassError) {
        self.name = name
        self.exact = exact
        var differences = value
        for row in 0..<value.rows {
            for column in 0..<value.columns {
                let center = value[row, column]
                let h = Self.step * max(1, abs(center))
                var changed = value
                changed[row, column] = center + h
                let above = try task.loss(in: unfolding, changed, replacing: change)
                changed[row, column] = center - h
                let below = try task.loss(in: unfolding, changed, replacing: change)
                differences[row, column] = (above - below) / (2 * h)
            }
        }
        self.differences = differences
    }

    func worst(largestOfAll: Double) -> GradientCheck.Deviation {
        let distance = exact - differences
        // A NaN is the worst deviation; as a number it would lose every comparison.
        func magnitude(_ index: Int) -> Double {
            let value = abs(distance[index / exact.columns, index % exact.columns])
            return value.isNaN ? .infinity : value
        }
        let index = (0..<exact.rows * exact.columns).max { magnitude($0) < magnitude($1) } ?? 0
        let (row, column) = (index / exact.columns, index % exact.columns)
        let scale = max(largest, Self.leastScale * largestOfAll)
        return GradientCheck.Deviation(
            name: name, row: row, column: column, fromBackpropagation: exact[row, column],
            fromDifferences: differences[row, column],
            relative: magnitude(index).isFinite
                ? magnitude(index) / max(scale, .leastNormalMagnitude) : .infinity)
    }
}
