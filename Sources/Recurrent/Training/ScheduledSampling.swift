import Foundation
import RecurrentLinearAlgebra

/// How often a network that feeds on its own output is given the true input instead, by training step (Bengio,
/// Vinyals, Jaitly and Shazeer, "Scheduled sampling for sequence prediction with recurrent neural networks", 2015).
///
/// A probability of 1 is teacher forcing, which is what training without sampling does; 0 is free running.
public enum ScheduledSampling: Equatable, Sendable, Codable {
    /// ε
    case constant(Double)
    /// max(minimum, 1 − slope · t)
    case linear(slope: Double, minimum: Double = 0)
    /// factor^t, factor < 1
    case exponential(factor: Double)
    /// k / (k + e^(t/k)), k ≥ 1
    case inverseSigmoid(k: Double)

    /// The network runs freely from its first step on.
    public static let freeRunning = ScheduledSampling.constant(0)

    /// ε of a step, counted from 0.
    public func teacherProbability(at step: Int) -> Double {
        let t = Double(step)
        return switch self {
        case .constant(let probability): probability
        case .linear(let slope, let minimum): max(minimum, 1 - slope * t)
        case .exponential(let factor): pow(factor, t)
        case .inverseSigmoid(let k): k / (k + exp(t / k))
        }
    }

    /// What is wrong with the numbers, in words for people; nil if nothing is.
    public var problem: String? {
        let isGood =
            switch self {
            case .constant(let probability): 0...1 ~= probability
            case .linear(let slope, let minimum): slope >= 0 && slope.isFinite && 0...1 ~= minimum
            case .exponential(let factor): factor > 0 && factor < 1
            case .inverseSigmoid(let k): k >= 1 && k.isFinite
            }
        return isGood ? nil : "\(self) does not give probabilities"
    }
}

extension RecurrentNetwork {
    /// A batch in which some inputs are the network's own outputs: at every step but the first, and for each sequence
    /// by itself, x_t is kept with probability ε and otherwise becomes y_{t−1} as the network gives it, having
    /// seen these inputs so far. Of tokens y_{t−1} is the distribution from which one is drawn.
    ///
    /// A network that is trained on such a batch takes its inputs as given: the gradient does not go through them, as in
    /// the paper.
    ///
    /// - Parameters:
    ///   - batch: inputs that are the outputs wanted one step before.
    ///   - probability: ε; 1 gives the batch itself, 0 lets the network run freely after its first input.
    ///   - initialState: s_0, B × H; by default the network's own, or zero.
    ///   - generator: the source of every draw.
    /// - Throws: `StateError` if the network cannot be run step by step, or runs off to what is not finite.
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
    /// Some rows as a matrix of their own.
    fileprivate func rows(_ range: Range<Int>) -> Matrix { withView { Matrix($0.rows(range)) } }
}
