import RecurrentLinearAlgebra

extension RecurrentNetwork {
    /// A batch in which some inputs are the network's own outputs. At every step but the first, and independently for each
    /// sequence, x_t is kept with probability ε and otherwise replaced by y_{t−1}, which the network computes from the
    /// inputs so far. A token is drawn from the distribution y_{t−1}.
    ///
    /// Training on such a batch treats its inputs as given: no gradient passes through them, as in the paper.
    ///
    /// - Parameters:
    ///   - batch: inputs, each of which is the target of the step before it.
    ///   - probability: ε; 1 gives the batch itself, 0 lets the network run freely after its first input.
    ///   - initialState: s_0, B × H; by default the network's own, or zero.
    ///   - generator: the source of every draw.
    /// - Throws: `StateError` if the network cannot be run step by step, or if its outputs are not finite.
    /// - Precondition: outputs have the width of inputs, and are softmax for tokens; ε is in 0...1.
    ///
    /// Cost: a forward pass, step by step.
    public func feedingBack(
        _ batch: SequenceBatch<S>, teacherProbability probability: Double,
        from initialState: Matrix<S>? = nil, using generator: inout RandomGenerator
    ) throws(StateError) -> SequenceBatch<S> {
        requireFeedback(configuration, tokens: batch.isTokens, probability)
        if probability == 1 { return batch }
        let (T, B) = (batch.steps, batch.sequences)
        var state =
            try initialState.map { (s) throws(StateError) in try self.state(from: s) }
            ?? self.state(sequences: B)
        var rows = FeedbackRows(batch)
        for t in 0..<T {
            for b in 0..<B where t > 0 && t < batch.lengths[b] && generator.uniform() >= probability {
                rows.feedBack(state.outputs, sequence: b, step: t, using: &generator)
            }
            switch rows {
            case .tokens(let tokens):
                try step(tokens: (0..<B).map { tokens[$0][min(t, tokens[$0].count - 1)] }, &state)
            case .values(let values): try step(values.rows(t * B..<(t + 1) * B), &state)
            }
        }
        switch rows {
        case .tokens(let tokens): return batch.with(tokens: tokens)
        case .values(let values): return batch.with(inputs: values)
        }
    }
}

/// The inputs of a batch while they are being replaced.
private enum FeedbackRows<S: Scalar> {
    /// By sequence and step.
    case tokens([[Int]])
    /// T·B × I
    case values(Matrix<S>)

    init(_ batch: SequenceBatch<S>) {
        guard case .tokens(let tokens) = batch.rows else {
            self = .values(batch.inputs)
            return
        }
        var sequences = batch.lengths.map { Array(repeating: 0, count: $0) }
        batch.layout.forEachRow { row, step, sequence in
            sequences[sequence][step] = Int(tokens.indices[row])
        }
        self = .tokens(sequences)
    }

    mutating func feedBack(
        _ outputs: Matrix<S>, sequence: Int, step: Int, using generator: inout RandomGenerator
    ) {
        switch self {
        case .tokens(var tokens):
            self = .tokens([])
            var rest = S(generator.uniform())
            var token = 0
            while token + 1 < outputs.columns, rest >= outputs[sequence, token] {
                rest -= outputs[sequence, token]
                token += 1
            }
            tokens[sequence][step] = token
            self = .tokens(tokens)
        case .values(var values):
            self = .tokens([])
            let row = step * outputs.rows + sequence
            for column in 0..<outputs.columns { values[row, column] = outputs[sequence, column] }
            self = .values(values)
        }
    }
}

extension Matrix {
    /// A copy of some rows.
    fileprivate func rows(_ range: Range<Int>) -> Matrix { withView { Matrix($0.rows(range)) } }
}
