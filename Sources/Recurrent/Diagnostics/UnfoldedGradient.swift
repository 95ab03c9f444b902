import RecurrentLinearAlgebra

/// The gradient of a single loss E_N, written out term by term as the chain rule gives it:
///
///     ∂E_N/∂W_y = ∂E_N/∂y_N · ∂y_N/∂W_y
///     ∂E_N/∂W_s = Σ_{i=1..N} ∂E_N/∂y_N · ∂y_N/∂s_N · ∂s_N/∂s_i · ∂⁺s_i/∂W_s
///     ∂E_N/∂W_x = Σ_{i=1..N} ∂E_N/∂y_N · ∂y_N/∂s_N · ∂s_N/∂s_i · ∂⁺s_i/∂W_x
///     ∂s_N/∂s_i = Π_{k=i+1..N} ∂s_k/∂s_{k−1}
///
/// ∂⁺ is the immediate derivative: the weights vary in step i alone. Vectors are rows, so a Jacobian ∂v/∂u has u's width
/// as rows and v's as columns, and δu = δv (∂v/∂u)ᵀ.
///
/// This is the definition, multiplied out: N Jacobians of H × H and their products. Backpropagation through time gives
/// the same sums (`Unfolding`) at a fraction of the cost; here every term can be inspected. It is right for Elman cells
/// only, see `RecurrentCell.activation`. Cost: O(N·H³).
public struct UnfoldedGradient<S: Scalar>: Sendable {
    /// One term of the sums: the contribution of the weights through step i alone.
    public struct Term: Sendable {
        /// i, in 1...N. The term reaches N − i steps back.
        public let step: Int
        /// ∂s_N/∂s_i, H × H.
        public let stateJacobian: Matrix<S>
        /// ∂E_N/∂s_i as it arrives through s_N: 1 × H.
        public let stateGradient: Matrix<S>
        /// ∂⁺s_i/∂W_s, H × H: element (m, n) is the derivative of element n of s_i by W_s[m, n], which is
        /// s_{i−1}[m] Φ'(z_i)[n]; the other elements of s_i do not depend on it.
        public let immediateByStateWeights: Matrix<S>
        /// ∂⁺s_i/∂W_x, I × H, likewise: x_i[m] Φ'(z_i)[n].
        public let immediateByInputWeights: Matrix<S>
        /// This step's term of ∂E_N/∂W_s, H × H.
        public let stateWeights: Matrix<S>
        /// This step's term of ∂E_N/∂W_x, I × H.
        public let inputWeights: Matrix<S>
        /// This step's term of ∂E_N/∂b_s, 1 × H.
        public let stateBias: Matrix<S>
    }

    /// E_N
    public let loss: Double
    /// N
    public let steps: Int
    /// ∂E_N/∂y_N, 1 × O.
    public let lossByOutput: Matrix<S>
    /// ∂y_N/∂s_N = W_y ∂y_N/∂a_N, H × O.
    public let outputByState: Matrix<S>
    /// ∂E_N/∂a_N, 1 × O: the two factors that meet in the output function, multiplied without loss.
    public let lossByActivation: Matrix<S>
    /// Φ'(z_k), 1 × H, for k = 1 … N.
    public let slopes: [Matrix<S>]
    /// ∂s_k/∂s_{k−1} = W_s diag(Φ'(z_k)), H × H, for k = 1 … N.
    public let stepJacobians: [Matrix<S>]
    /// The terms for i = N, N−1, … 1.
    public let terms: [Term]
    /// ∂E_N/∂W_y, H × O; its only term.
    public let outputWeights: Matrix<S>
    /// ∂E_N/∂b_y, 1 × O; its only term.
    public var outputBias: Matrix<S> { lossByActivation }

    /// ∂E_N/∂W_s, the sum of its terms.
    public var stateWeights: Matrix<S> { sum(\.stateWeights) }
    /// ∂E_N/∂W_x, the sum of its terms.
    public var inputWeights: Matrix<S> { sum(\.inputWeights) }
    /// ∂E_N/∂b_s, the sum of its terms.
    public var stateBias: Matrix<S> { sum(\.stateBias) }
    /// ∂E_N/∂s_0, 1 × H.
    public let initialState: Matrix<S>

    /// Unfolds the gradient of a network's loss at the last step of one sequence.
    ///
    /// - Parameters:
    ///   - network: a network of one forward Elman layer with a W_s, with an output for every step.
    ///   - batch: one sequence of N steps of numbers.
    ///   - objective: a loss on step N only, made for this batch.
    ///   - initialState: s_0, 1 × H; by default the network's own, or zero.
    /// - Throws: `UnfoldedGradientError` if network or objective are of another kind, or if the sequence does not fit
    ///   into memory.
    public init(
        of network: RecurrentNetwork<S>, on batch: SequenceBatch<S>, _ objective: Objective<S>,
        from initialState: Matrix<S>? = nil
    ) throws(UnfoldedGradientError) {
        let configuration = network.configuration
        let activation = try configuration.activationOfTerms()
        try objective.requireLastLossOnly()
        let N = batch.steps
        let W_s = network.parameters.matrix(.stateWeights)
        let W_y = network.parameters.matrix(.outputWeights)
        let (pass, a) = try Self.forward(network, batch, from: initialState)
        let y = pass.outputs.row(N - 1)

        var δa = a.row(N - 1)
        loss = δa.withMutableView { objective.evaluate(rows: N - 1..<N, inPlaceOf: $0) }
        lossByActivation = δa
        lossByOutput = objective.lossByOutput(y)
        outputByState = W_y * configuration.output.jacobian(at: y)
        outputWeights = pass.states.row(N).transposed * δa

        slopes = (1...N).map { activation.derivative(at: pass.states.row($0)) }
        stepJacobians = slopes.map { W_s.scalingColumns(by: $0) }
        let stateGradient = δa * W_y.transposed
        var terms: [Term] = []
        var jacobian = Matrix<S>.identity(configuration.stateWidth)
        for i in (1...N).reversed() {
            terms.append(
                Term(
                    step: i, stateJacobian: jacobian, stateGradient: stateGradient * jacobian.transposed,
                    before: pass.states.row(i - 1), input: batch.inputs.row(i - 1), slopes: slopes[i - 1]))
            jacobian = stepJacobians[i - 1] * jacobian
        }
        self.initialState = stateGradient * jacobian.transposed
        self.terms = terms
        steps = N
    }

    /// The states and outputs of a network, and the a_t from which the outputs come.
    private static func forward(
        _ network: RecurrentNetwork<S>, _ batch: SequenceBatch<S>, from initialState: Matrix<S>?
    ) throws(UnfoldedGradientError) -> (pass: ForwardPass<S>, a: Matrix<S>) {
        do throws(PassError) {
            let pass = try network.forward(batch, from: initialState)
            var atActivations = ForwardPass(for: batch, network)
            try Unfolding(for: network, workers: 1).forward(
                UnfoldingPass(
                    parameters: network.parameters, batch: batch, initialState: initialState,
                    appliesOutputFunction: false),
                into: &atActivations)
            return (pass, atActivations.outputs)
        } catch {
            throw .pass(error)
        }
    }

    private func sum(_ part: KeyPath<Term, Matrix<S>>) -> Matrix<S> {
        terms.dropFirst().reduce(terms[0][keyPath: part]) { $0 + $1[keyPath: part] }
    }
}

extension UnfoldedGradient.Term {
    /// - Parameters:
    ///   - s: s_{i−1}, 1 × H.
    ///   - x: x_i, 1 × I.
    ///   - slopes: Φ'(z_i), 1 × H.
    fileprivate init(
        step: Int, stateJacobian: Matrix<S>, stateGradient: Matrix<S>, before s: Matrix<S>,
        input x: Matrix<S>, slopes: Matrix<S>
    ) {
        self.step = step
        self.stateJacobian = stateJacobian
        self.stateGradient = stateGradient
        immediateByStateWeights = s.transposed * slopes
        immediateByInputWeights = x.transposed * slopes
        stateWeights = immediateByStateWeights.scalingColumns(by: stateGradient)
        inputWeights = immediateByInputWeights.scalingColumns(by: stateGradient)
        stateBias = slopes.scalingColumns(by: stateGradient)
    }
}
