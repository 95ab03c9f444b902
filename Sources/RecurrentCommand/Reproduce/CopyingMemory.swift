import Recurrent

/// Arjovsky, Shah and Bengio, "Unitary evolution recurrent neural networks", 2016; the task goes back to Hochreiter
/// and Schmidhuber, "Long short-term memory", 1997.
///
/// A network reads ten symbols and must repeat them after a delay of T steps. One without memory can only guess
/// them: a cross entropy of 10 ln 8 / (T + 20) per step.
///
/// Differs from the paper: T = 20, and the states are linear, s_t = x_t W_x + s_{t−1} W_s + b_s, where W_s is
/// orthogonal only at the start. A tanh network of this size with this training did not get below the memoryless
/// loss.
struct CopyingMemory: Reproduction {
    let name = "copying-memory"
    let source = "Arjovsky et al. 2016"
    let claim = "A network whose W_s starts orthogonal recalls ten symbols after a delay."

    private let task = CopyingTask<Double>(delay: 20)
    private let steps = 1000

    func run(seed: UInt64, _ progress: ProgressDisplay) throws -> [Measurement] {
        var generator = RandomGenerator(seed: seed)
        let configuration = NetworkConfiguration(
            inputWidth: task.inputWidth, stateWidth: 64, outputWidth: task.outputWidth,
            cell: .elman(.identity), output: .softmax)
        let training = AdamTraining<Double>(
            RecurrentNetwork(configuration, initialiser: .orthogonal, using: &generator))
        try training.run(
            steps: steps, .crossEntropy, learningRate: { 0.002 * (1 - Double($0) / Double(steps)) },
            progress: { progress.show($0, of: steps) }
        ) { _ in try task.batch(sequences: 32, using: &generator) }
        let (inputs, targets) = try task.batch(sequences: 1000, using: &generator)
        return [
            Measurement(
                label: "cross entropy, T = \(task.delay)",
                published: "below \(Measurement.text(task.memorylessLoss))", bound: .below(0.05),
                value: try training.loss(.crossEntropy, targets, on: inputs))
        ]
    }
}
