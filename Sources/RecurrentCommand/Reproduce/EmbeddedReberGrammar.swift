import RecurrentLinearAlgebra
import Recurrent

/// Hochreiter and Schmidhuber, "Long short-term memory", Neural Computation 9, 1997, first experiment.
///
/// A network predicts the next symbol in strings of the embedded Reber grammar. It has learned the grammar if after
/// every symbol of every test string the symbols that may follow have the greatest outputs. The second last symbol
/// is the hard one: it is the second one again. In the paper 97 to 100 % of LSTM networks learn the grammar, some of
/// the networks that real-time recurrent learning (RTRL) trains, and no network in Elman's training, in which
/// s_{t−1} is an input like x_t and no gradient goes back through it.
///
/// RTRL computes the gradient that full backpropagation through time computes. With it, and with Adam, Elman's network
/// learns the grammar here as often as the LSTM: it is Elman's training that fails, not his network.
///
/// Differs from the paper: new strings in every batch instead of 256, 1000 test strings instead of 256, softmax outputs
/// with cross entropy, Adam, and for the LSTM 15 cells with a forget gate instead of 3 or 4 blocks without one.
struct EmbeddedReberGrammar: Reproduction {
    let name = "embedded-reber-grammar"
    let source = "Hochreiter, Schmidhuber 1997"
    let claim = "An LSTM learns the embedded Reber grammar; Elman's network does not in Elman's training."

    private struct Variant {
        let cell: RecurrentCell
        let history: Int?
    }

    /// The shares of test strings of which all symbols, and the second last symbol, were predicted right.
    private struct Score {
        let all: Double
        let remembered: Double
    }

    private let seeds = SeveralSeeds(count: 5)
    private let stateWidth = 15
    private let steps = 2500
    private let tested = 1000

    func run(seed: UInt64, _ progress: ProgressDisplay) throws -> [Measurement] {
        let variants = [
            Variant(cell: .lstm, history: nil),
            Variant(cell: .elman(), history: 1),
            Variant(cell: .elman(), history: nil),
        ]
        let scores = try seeds.results(variants, from: seed, progress, steps: steps) {
            try score($0, seed: $1, $2)
        }
        let learned = scores.map { Double($0.count { $0.all == 1 }) }
        let label = "seeds of \(seeds.count) that learn it"
        return [
            Measurement(
                label: "\(label), LSTM", published: "97 to 100 %", bound: .atLeast(4), value: learned[0]),
            Measurement(
                label: "\(label), Elman's training", published: "0 %", bound: .exactly(0), value: learned[1]),
            Measurement(
                label: "second last symbol right, median of \(seeds.count)", published: "guessed: 1/2",
                bound: .below(0.75), value: median(scores[1].map(\.remembered))),
            Measurement(
                label: "\(label), Elman, full BPTT", published: "RTRL: some", bound: .atLeast(4),
                value: learned[2]),
        ]
    }

    private func score(_ variant: Variant, seed: UInt64, _ progress: (Int) -> Void) throws -> Score {
        var generator = RandomGenerator(seed: seed)
        func strings(_ count: Int) -> [[Int]] {
            (0..<count).map { _ in EmbeddedReber.string(using: &generator) }
        }
        let vocabulary = ReberAutomaton.symbols.count
        let configuration = NetworkConfiguration(
            inputWidth: vocabulary, stateWidth: stateWidth, outputWidth: vocabulary,
            cell: variant.cell, output: .softmax)
        let network = RecurrentNetwork<Float>(configuration, using: &generator)
        let training = AdamTraining(network, history: variant.history)
        try training.run(
            steps: steps, .crossEntropy, learningRate: { 0.02 * (1 - Double($0) / Double(steps)) },
            progress: progress
        ) { _ in
            let strings = strings(32)
            let inputs = try inputs(strings)
            return (inputs, try inputs.targets(everyStep: strings.map { Array($0.dropFirst()) }))
        }
        return try score(training, on: strings(tested))
    }

    private func score(_ training: AdamTraining<Float>, on strings: [[Int]]) throws -> Score {
        let outputs = try training.outputs(for: inputs(strings)).rowArrays
        let right = strings.enumerated().map { index, string in
            let own = (0..<string.count - 1).map { outputs[$0 * strings.count + index] }
            return EmbeddedReber.rightPredictions(own, in: string)
        }
        let all = right.count { $0.allSatisfy { $0 } }
        let remembered = right.count { $0[$0.count - 2] }
        return Score(
            all: Double(all) / Double(strings.count), remembered: Double(remembered) / Double(strings.count))
    }

    /// All symbols but the last of each string, as the last has no successor.
    private func inputs(_ strings: [[Int]]) throws -> SequenceBatch<Float> {
        try SequenceBatch(
            tokens: strings.map { Array($0.dropLast()) }, vocabulary: ReberAutomaton.symbols.count)
    }
}
