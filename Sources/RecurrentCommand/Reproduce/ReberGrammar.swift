import RecurrentLinearAlgebra
import Recurrent

/// Cleeremans, Servan-Schreiber and McClelland, "Finite state automata and simple recurrent networks", Neural
/// Computation 1, 1989.
///
/// A network with three state units learns to predict the next symbol in strings of Reber's grammar. It accepts a
/// string that begins with B and ends with E if the output of every symbol after the B was above 0.3, and so
/// decides as the automaton does.
///
/// Differs from the paper: softmax outputs with cross entropy, Adam, full backpropagation through time. Half of the
/// strings that must be rejected are one symbol away from the grammar, which is harder than random strings.
struct ReberGrammar: Reproduction {
    let name = "reber-grammar"
    let source = "Cleeremans et al. 1989"
    let claim = "Three state units become a perfect recogniser of Reber's grammar."

    private let steps = 3000
    private let tested = 20_000
    private let threshold = 0.3

    func run(seed: UInt64, _ progress: ProgressDisplay) throws -> [Measurement] {
        var generator = RandomGenerator(seed: seed)
        let vocabulary = ReberAutomaton.symbols.count
        let configuration = NetworkConfiguration(
            inputWidth: vocabulary, stateWidth: 3, outputWidth: vocabulary, output: .softmax)
        let training = AdamTraining<Double>(RecurrentNetwork(configuration, using: &generator))
        try training.run(
            steps: steps, .crossEntropy, learningRate: { 0.02 * (1 - Double($0) / Double(steps)) + 1e-4 },
            progress: { progress.show($0, of: steps) }
        ) { _ in
            let strings = (0..<64).map { _ in ReberAutomaton.grammatical(using: &generator).prefix(31) }
            let inputs = try batch(strings)
            return (inputs, try inputs.targets(everyStep: strings.map { Array($0.dropFirst()) }))
        }
        let grammatical = (0..<tested).map { _ in ReberAutomaton.grammatical(using: &generator) }
        let random = (0..<tested / 2).map { _ in ReberAutomaton.random(using: &generator) }
        let nearMisses = (0..<tested / 2).map { _ in ReberAutomaton.nearMiss(using: &generator) }
        return [
            Measurement(
                label: "accepted of \(tested) grammatical", published: "all", bound: .exactly(Double(tested)),
                value: Double(try accepted(grammatical, by: training))),
            Measurement(
                label: "accepted of \(tested / 2) random", published: "0", bound: .exactly(0),
                value: Double(try accepted(random, by: training))),
            Measurement(
                label: "accepted of \(tested / 2) near misses", published: "not tested", bound: .exactly(0),
                value: Double(try accepted(nearMisses, by: training))),
        ]
    }

    /// All symbols but the last of each string, as the last has no successor.
    private func batch(_ strings: [some Collection<Int>]) throws -> SequenceBatch<Double> {
        try SequenceBatch(
            tokens: strings.map { Array($0.dropLast()) }, vocabulary: ReberAutomaton.symbols.count)
    }

    /// The number of strings that the network accepts.
    private func accepted(_ strings: [[Int]], by training: AdamTraining<Double>) throws -> Int {
        // In groups, to limit the memory for the outputs.
        try stride(from: 0, to: strings.count, by: 2000).reduce(0) { count, start in
            let group = strings[start..<min(start + 2000, strings.count)]
            let outputs = try training.outputs(for: try batch(Array(group)))
            return count + group.indices.count { accepts(strings[$0], $0 - start, of: group.count, outputs) }
        }
    }

    /// - Parameters:
    ///   - index: the index of the string in its batch.
    ///   - sequences: B of the batch.
    ///   - outputs: T·B × O.
    private func accepts(_ string: [Int], _ index: Int, of sequences: Int, _ outputs: Matrix<Double>) -> Bool
    {
        guard let last = string.last, ReberAutomaton.symbols[last] == "E" else { return false }
        return string.indices.dropFirst().allSatisfy { step in
            outputs[(step - 1) * sequences + index, string[step]] > threshold
        }
    }
}
