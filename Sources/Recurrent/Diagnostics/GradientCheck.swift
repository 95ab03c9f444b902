import RecurrentLinearAlgebra

/// Backpropagation through time held against central differences, for every parameter, s_0 and x:
///
///     ∂E/∂θ ≈ (E(θ + h) − E(θ − h)) / 2h,   h = 6·10⁻⁶ · max(1, |θ|)
///
/// For any network, batch and objective, in Double. Correct gradients of smooth losses deviate by
/// 10⁻⁸ or less. A ReLU network is not smooth where some z_t is within h of 0; there the differences,
/// not the gradient, are wrong.
public struct GradientCheck: Sendable {
    /// The worst element of one gradient.
    public struct Deviation: Sendable {
        /// "W_x", "W_s", "W_y", "b_s", "b_y", "s_0" or "x".
        public let name: String
        public let row: Int
        public let column: Int
        public let fromBackpropagation: Double
        public let fromDifferences: Double
        /// Their distance, relative to the largest magnitude in this gradient (but at least 10⁻⁴ of
        /// the largest in any, so that a gradient of nearly nothing is not judged by its rounding).
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
    ///   - dropoutSeed: decides what is dropped; nothing is without it.
    /// - Throws: `MemoryError` if the batch does not fit into memory.
    ///
    /// Cost: two forward passes for each parameter, each element of s_0 and each input.
    public init(
        of network: RecurrentNetwork<Double>, on batch: SequenceBatch<Double>,
        _ objective: Objective<Double>, from initialState: Matrix<Double>? = nil, dropoutSeed: UInt64? = nil
    ) throws(MemoryError) {
        let unfolding = Unfolding(for: network, workers: 1)
        let zeros = Matrix<Double>(rows: batch.sequences, columns: network.configuration.stateWidth)
        let s_0 = initialState ?? (network.configuration.learnsInitialState ? nil : zeros)
        _ = try unfolding.lossAndGradient(
            of: network, on: batch, objective, from: s_0, inputGradient: !batch.isTokens,
            dropoutSeed: dropoutSeed)
        let gradient = unfolding.gradient
        let (initialStateGradient, inputGradient) = (unfolding.initialStateGradient, unfolding.inputGradient)

        var comparisons: [Comparison] = []
        for part in network.parameters.layout.parts {
            let comparison = try Comparison(
                name: part.name.description, exact: gradient.matrix(part.name),
                at: network.parameters.matrix(part.name)
            ) { (changed) throws(MemoryError) in
                var network = network
                network.parameters[part.name] = changed
                return try unfolding.loss(
                    of: network, on: batch, objective, from: s_0, dropoutSeed: dropoutSeed)
            }
            comparisons.append(comparison)
        }
        if let s_0, let initialStateGradient {
            let byState = try Comparison(name: "s_0", exact: initialStateGradient, at: s_0) {
                (changed) throws(MemoryError) in
                try unfolding.loss(
                    of: network, on: batch, objective, from: changed, dropoutSeed: dropoutSeed)
            }
            comparisons.append(byState)
        }
        if let inputGradient {
            let byInputs = try Comparison(name: "x", exact: inputGradient, at: batch.inputs) {
                (changed) throws(MemoryError) in
                try unfolding.loss(
                    of: network, on: batch.with(inputs: changed), objective, from: s_0,
                    dropoutSeed: dropoutSeed)
            }
            comparisons.append(byInputs)
        }

        let largest = comparisons.map(\.largest).max() ?? 0
        deviations = comparisons.map { $0.worst(largestOfAll: largest) }
    }
}

/// One gradient and its central differences.
private struct Comparison {
    let name: String
    let exact: Matrix<Double>
    let differences: Matrix<Double>
    var largest: Double { max(exact.largestMagnitude, differences.largestMagnitude) }

    init(
        name: String, exact: Matrix<Double>, at value: Matrix<Double>,
        loss: (Matrix<Double>) throws(MemoryError) -> Double
    ) throws(MemoryError) {
        self.name = name
        self.exact = exact
        var differences = value
        for row in 0..<value.rows {
            for column in 0..<value.columns {
                let center = value[row, column]
                let h = 6e-6 * max(1, abs(center))
                var changed = value
                changed[row, column] = center + h
                let above = try loss(changed)
                changed[row, column] = center - h
                let below = try loss(changed)
                differences[row, column] = (above - below) / (2 * h)
            }
        }
        self.differences = differences
    }

    func worst(largestOfAll: Double) -> GradientCheck.Deviation {
        let distance = exact - differences
        // A NaN anywhere is the worst there can be, and must not hide behind a comparison.
        func magnitude(_ index: Int) -> Double {
            let value = abs(distance[index / exact.columns, index % exact.columns])
            return value.isNaN ? .infinity : value
        }
        let index = (0..<exact.rows * exact.columns).max { magnitude($0) < magnitude($1) } ?? 0
        let (row, column) = (index / exact.columns, index % exact.columns)
        let scale = max(largest, 1e-4 * largestOfAll)
        return GradientCheck.Deviation(
            name: name, row: row, column: column, fromBackpropagation: exact[row, column],
            fromDifferences: differences[row, column],
            relative: magnitude(index).isFinite
                ? magnitude(index) / max(scale, .leastNormalMagnitude) : .infinity)
    }
}
