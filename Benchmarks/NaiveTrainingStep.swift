import RecurrentLinearAlgebra
import NaiveReference
import Recurrent
import SampleProblems

/// A workload's training step by the naive reference.
struct NaiveTrainingStep {
    let network: NaiveNetwork
    let sequences: [NaiveSequence]

    init<S: Scalar>(_ step: Workload<S>) {
        func rows(_ name: ParameterName) -> [[Double]] {
            step.network.parameters[name]!.converted(to: Double.self).rowArrays
        }
        let cell = NaiveCell(
            Wx: rows(.inputWeights), Ws: rows(.stateWeights), bs: rows(.stateBias)[0], activation: .tanh)
        network = NaiveNetwork(
            layers: [[cell]], Wy: rows(.outputWeights), by: rows(.outputBias)[0], output: .linear,
            elementary: .platform)
        let x = step.batch.inputs.converted(to: Double.self).rowArrays
        let d = step.targets.converted(to: Double.self).rowArrays
        let B = step.batch.sequences
        let H = step.network.configuration.stateWidth
        sequences = step.batch.lengths.enumerated().map { b, length in
            NaiveSequence(
                x: (0..<length).map { x[$0 * B + b] }, d: (0..<length).map { d[$0 * B + b] },
                weight: Array(repeating: 1, count: length), s0: [[Array(repeating: 0, count: H)]])
        }
    }

    func run() -> NaiveResult { network.run(sequences, .squared(factor: 0.5)) }
}
