import Foundation
import Recurrent

/// Arjovsky, Shah and Bengio, "Unitary evolution recurrent neural networks", 2016; the task goes back to Hochreiter
/// and Schmidhuber, "Long short-term memory", 1997.
///
/// The input is ten symbols out of eight, T − 1 blanks, a marker and ten blanks; the output must be blank up to the
/// marker, then the ten symbols. A network without memory can only guess them: a cross entropy of 10 ln 8 / (T +
/// 20) per step.
///
/// Differs from the paper: T = 20, and the states are linear, s_t = x_t W_x + s_{t−1} W_s + b_s, where W_s is
/// orthogonal only at the start. A tanh network of this size with this training did not get below the memoryless
/// loss.
struct CopyingMemory: Reproduction {
    let name = "copying-memory"
    let source = "Arjovsky et al. 2016"
    let claim = "A network whose W_s starts orthogonal recalls ten symbols after a delay."

    private let delay = 20
    private let steps = 1000
    private let blank = 8
    private let marker = 9

    func run(seed: UInt64, _ progress: ProgressDisplay) throws -> [Measurement] {
        var generator = RandomGenerator(seed: seed)
        let configuration = NetworkConfiguration(
            inputWidth: 10, stateWidth: 64, outputWidth: 9, cell: .elman(.identity), output: .softmax)
        let training = AdamTraining<Double>(
            RecurrentNetwork(configuration, initialiser: .orthogonal, using: &generator))
        try training.run(
            steps: steps, .crossEntropy, learningRate: { 0.002 * (1 - Double($0) / Double(steps)) },
            progress: { progress.show($0, of: steps) }
        ) { _ in try batch(sequences: 32, using: &generator) }
        let (inputs, targets) = try batch(sequences: 1000, using: &generator)
        let memoryless = 10 * log(8) / Double(delay + 20)
        return [
            Measurement(
                label: "cross entropy, T = \(delay)", published: "below \(Measurement.text(memoryless))",
                bound: .below(0.05),
                value: try training.loss(.crossEntropy, targets, on: inputs))
        ]
    }

    /// Inputs and targets of T + 20 steps.
    private func batch(
        sequences: Int, using generator: inout RandomGenerator
    ) throws -> (SequenceBatch<Double>, Targets<Double>) {
        func blanks(_ count: Int) -> [Int] { Array(repeating: blank, count: count) }
        let symbols = (0..<sequences).map { _ in (0..<10).map { _ in generator.index(below: 8) } }
        let inputs = try SequenceBatch<Double>(
            tokens: symbols.map { $0 + blanks(delay - 1) + [marker] + blanks(10) }, vocabulary: 10)
        return (inputs, try inputs.targets(everyStep: symbols.map { blanks(delay + 10) + $0 }))
    }
}
