import RecurrentLinearAlgebra

/// The gradient of E by real-time recurrent learning (Williams and Zipser, "A learning algorithm for continually
/// running fully recurrent neural networks", 1989). Derivatives go forwards with the states, never backwards through
/// time:
///
///     ∂s_t/∂θ = diag(Φ'(z_t)) (W_sᵀ ∂s_{t−1}/∂θ + ∂⁺z_t/∂θ),    ∂E/∂θ = Σ_t ∂E_t/∂a_t ∂a_t/∂θ
///
/// where ∂⁺ is the derivative by the parameters of this step alone. It shares with backpropagation only the loss of a
/// step. For layers of Elman cells that read forwards. Cost: n·H² operations a step and n·H numbers, for n parameters.
struct RealTimeGradient {
    /// The widest state of all layers together that is worth its cost.
    private static let widestState = 64

    private let layout: ParameterLayout
    /// By all parameters, and by s_0 of the sequence that each row belongs to: B × (n + H).
    private var values: Matrix<Double>
    private var uncertainty: Matrix<Double>

    /// - Parameters:
    ///   - initialState: s_0, B × H; the network's own, or zero, if there is none.
    ///   - drops: true if elements are dropped.
    /// - Returns: nil if the network is of another kind or too wide, or the loss one of whole sequences.
    init?(
        of network: RecurrentNetwork<Double>, on batch: SequenceBatch<Double>,
        _ objective: Objective<Double>, from initialState: Matrix<Double>?, drops: Bool
    ) {
        let configuration = network.configuration
        guard configuration.layers.allSatisfy({ $0.cell.activation != nil }), !configuration.isBidirectional,
            configuration.stateWidth <= Self.widestState, !drops, !objective.loss.isOfSequences
        else { return nil }
        layout = network.parameters.layout
        values = Matrix(rows: batch.sequences, columns: layout.count + configuration.stateWidth)
        uncertainty = values
        var rows = batch.lengths.map { [Int?](repeating: nil, count: $0) }
        objective.layout.targetRows(isPooled: configuration.isPooled).forEach { row, _, step, sequence in
            rows[sequence][step] = row
        }
        let inputs = batch.inputs
        for b in 0..<batch.sequences {
            var run = TracedRun(network, from: initialState.map { $0.row(b) })
            for (t, row) in rows[b].enumerated() {
                run.step(inputs.row(t * batch.sequences + b))
                if let row { add(objective, at: row, run.outputs, sequence: b) }
            }
        }
    }

    /// Adds ∂E_t/∂a_t ∂a_t/∂θ, and what the rounding of a_t makes of it.
    private mutating func add(_ objective: Objective<Double>, at row: Int, _ a: TracedRow, sequence: Int) {
        var δa = a.values
        _ = δa.withMutableView { objective.evaluate(rows: row..<row + 1, inPlaceOf: $0) }
        let weight = abs(objective.rowWeights[0, row])
        for output in 0..<a.values.columns {
            let doubt = 16 * weight * a.errors[0, output]
            for column in 0..<values.columns {
                let derivative = a.derivatives[output, column]
                values[sequence, column] += δa[0, output] * derivative
                uncertainty[sequence, column] += doubt * abs(derivative)
            }
        }
    }

    /// ∂E/∂θ for one argument of the loss; none for x.
    ///
    /// - Parameter doubt: the least uncertainty of any element.
    func derivatives(by argument: CheckedLoss.Argument, atLeast doubt: Double) -> UncertainDerivatives? {
        switch argument {
        case .inputs: return nil
        case .initialState:
            let columns = Array(layout.count..<values.columns)
            let states = uncertainty.columns(columns)
            return UncertainDerivatives(
                values: values.columns(columns),
                uncertainty: Matrix(rows: states.rows, columns: states.columns) { doubt + states[$0, $1] })
        case .parameter(let name):
            guard let part = layout[name] else { return nil }
            func sum(_ derivatives: Matrix<Double>, from start: Double) -> Matrix<Double> {
                Matrix(rows: part.rows, columns: part.columns) { row, column in
                    let place = part.offset + row * part.columns + column
                    return (0..<derivatives.rows).reduce(start) { $0 + derivatives[$1, place] }
                }
            }
            return UncertainDerivatives(
                values: sum(values, from: 0), uncertainty: sum(uncertainty, from: doubt))
        }
    }
}

/// The states of a network with their derivatives, step by step along one sequence.
private struct TracedRun {
    private let network: RecurrentNetwork<Double>
    /// n + H: the parameters and s_0.
    private let variables: Int
    private var states: [TracedRow] = []
    private var stateSum: TracedRow?
    private var steps = 0.0

    /// - Parameter initialState: s_0, 1 × H; the network's own, or zero, if there is none.
    init(_ network: RecurrentNetwork<Double>, from initialState: Matrix<Double>?) {
        self.network = network
        variables = network.parameters.count + network.configuration.stateWidth
        for cell in network.configuration.cells {
            let s_0 = product([[1]], cell.name(.initialState))
            if let initialState {
                states.append(
                    TracedRow(
                        initialState.columns(Array(cell.columns)), variables: variables,
                        from: network.parameters.count + cell.columns.lowerBound))
            } else {
                states.append(s_0 ?? constant(Matrix(rows: 1, columns: cell.width)))
            }
        }
    }

    /// One timestep. x_t is 1 × I.
    mutating func step(_ x: Matrix<Double>) {
        var below = product(x, .embedding) ?? constant(x)
        for (layer, cell) in network.configuration.cells.enumerated() {
            guard var z = product(below, cell.name(.inputWeights)), let activation = cell.equations.activation
            else { continue }
            if let recurrent = product(states[layer], cell.name(.stateWeights)) { z = z + recurrent }
            if let bias = product([[1]], cell.name(.stateBias)) { z = z + bias }
            states[layer] = z.through(activation)
            below = states[layer]
        }
        stateSum = stateSum.map { $0 + below } ?? below
        steps += 1
    }

    /// a_t, from the last states or from their mean.
    var outputs: TracedRow {
        var s = states[states.count - 1]
        if network.configuration.readOut == .meanOverSteps, let stateSum {
            s = stateSum.times(1 / steps)
        }
        guard let a = product(s, .outputWeights) else { return s }
        return product([[1]], .outputBias).map { a + $0 } ?? a
    }

    private func constant(_ values: Matrix<Double>) -> TracedRow { TracedRow(values, variables: variables) }

    private func product(_ x: Matrix<Double>, _ name: ParameterName) -> TracedRow? {
        product(constant(x), name)
    }

    /// x W for a part of the parameters, or nil if the network lacks it.
    private func product(_ x: TracedRow, _ name: ParameterName) -> TracedRow? {
        network.parameters.layout[name].map { x.times(network.parameters.matrix(name), from: $0.offset) }
    }
}
