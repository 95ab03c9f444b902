import RecurrentLinearAlgebra

/// The engine compared with a recorded case.
public struct Verification: Sendable {
    /// The largest deviation of one quantity, relative to its largest magnitude.
    public struct Deviation: Sendable {
        /// "S", "Y", "E", or the name of a gradient in the case: "Wx", …, "X" of format 1,
        /// "rnn.weight_ih_l0", …, "X" of format 2.
        public let quantity: String
        public let relative: Double
    }

    public let deviations: [Deviation]

    /// The largest deviation that passes: 1e-12 in Double and 2e-5 in Float. Both leave room for sums in another order; a
    /// wrong term is off by orders of magnitude more.
    public static func tolerance<S: Scalar>(of type: S.Type) -> Double {
        S.self == Float.self ? 2e-5 : 1e-12
    }

    /// Runs the case in the number type `type`.
    ///
    /// - Throws: `DataError` if the case's data are not usable, for instance a class out of range, and `PassError` if
    ///   they do not fit into memory.
    public init<S: Scalar>(_ recorded: RecordedCase, in type: S.Type) throws {
        let network = recorded.network.converted(to: S.self)
        let batch = try SequenceBatch<S>(
            inputs: recorded.inputs.converted(to: S.self), steps: recorded.steps,
            sequences: recorded.lengths.count, lengths: recorded.lengths)
        let ours = try Self.results(recorded, network, batch)
        deviations = recorded.expected.map { name, theirs in
            // Outputs of padded steps have no meaning.
            let isCompared = { (row: Int) in
                name != "Y" || row / batch.sequences < batch.lengths[row % batch.sequences]
            }
            return Deviation(
                quantity: name,
                relative: relativeDeviation(
                    ours[name]!, theirs, atLeast: Double(S.leastNormalMagnitude), where: isCompared))
        }
    }

    /// The engine's results by the names of both formats.
    private static func results<S: Scalar>(
        _ recorded: RecordedCase, _ network: RecurrentNetwork<S>, _ batch: SequenceBatch<S>
    ) throws -> [String: Matrix<Double>] {
        let s_0 = recorded.initialState.converted(to: S.self)
        let unfolding = Unfolding(for: network)
        var pass = ForwardPass(for: batch, network, states: true)
        try unfolding.forward(
            UnfoldingPass(
                parameters: network.parameters, batch: batch, initialState: s_0, appliesOutputFunction: false),
            into: &pass)
        let E = try unfolding.lossAndGradient(
            of: network, on: batch, objective(recorded, network, batch), from: s_0, inputGradient: true)
        let states = Matrix(pass.states.rowArrays.suffix(batch.steps * batch.sequences))
        let results = ["S": states, "Y": pass.outputs, "X": unfolding.inputGradient!]
            .merging(letters(unfolding.gradient)) { $1 }
            .merging(initialStates(unfolding.initialStateGradient!, network.configuration)) { $1 }
        return results.mapValues { $0.converted(to: Double.self) }
            .merging(unfolding.gradient.tensorGradients) { $1 }
            .merging(["E": [[E]]]) { $1 }
    }

    private static func objective<S: Scalar>(
        _ recorded: RecordedCase, _ network: RecurrentNetwork<S>, _ batch: SequenceBatch<S>
    ) throws -> Objective<S> {
        let targets: Targets<S> =
            switch recorded.targets {
            case .classes(let classes): .classes(classes)
            case .values(let values): .values(values.converted(to: S.self))
            case .labels(let labels): .labels(labels)
            }
        return try Objective(
            recorded.loss, targets, on: batch, for: network, at: recorded.manyToOne ? .last : .every)
    }

    /// The gradients of the first layer and the read-out by the letters of format 1.
    private static func letters<S: Scalar>(_ gradient: Parameters<S>) -> [String: Matrix<S>] {
        let names: [String: ParameterName] = [
            "Wx": .inputWeights, "Ws": .stateWeights, "Wy": .outputWeights, "bs": .stateBias,
            "by": .outputBias,
        ]
        return names.compactMapValues { gradient[$0] }
    }

    private static func initialStates<S: Scalar>(
        _ gradient: Matrix<S>, _ configuration: NetworkConfiguration
    ) -> [String: Matrix<S>] {
        [
            "s0": gradient, "h0": gradient.columns(configuration.allColumns(of: .s)),
            "c0": gradient.columns(configuration.allColumns(of: .c)),
        ]
    }
}

/// max |ours − theirs| / max |theirs| over some rows; infinite if either has a NaN. The scale is at least `smallest`, the
/// type's smallest normal number: a gradient that has vanished below it (in Float 1e-38) has no digits left to compare.
private func relativeDeviation(
    _ ours: Matrix<Double>, _ theirs: Matrix<Double>, atLeast smallest: Double,
    where isCompared: (Int) -> Bool
) -> Double {
    var (distance, largest) = (0.0, smallest)
    for row in 0..<theirs.rows where isCompared(row) {
        for column in 0..<theirs.columns {
            let difference = abs(ours[row, column] - theirs[row, column])
            distance = max(distance, difference.isNaN ? .infinity : difference)
            largest = max(largest, abs(theirs[row, column]))
        }
    }
    return distance / largest
}
