import RecurrentLinearAlgebra
import Recurrent

/// A network in training by Adam, its gradients clipped to norm 1: what all reproductions that learn have in
/// common.
///
/// A class for the reason given at `Progress`.
final class AdamTraining<S: Scalar> {
    private(set) var network: RecurrentNetwork<S>
    private let unfolding: Unfolding<S>
    private var optimiser: Optimiser<S>

    init(_ network: RecurrentNetwork<S>) {
        self.network = network
        unfolding = Unfolding(for: network)
        // Every step sets its own learning rate.
        optimiser = Optimiser(.adam(), learningRate: 1, clipping: .norm(1))
    }

    /// One training step towards the mean of the losses: over valid steps, or over sequences where there is one
    /// output for each.
    func step(
        _ loss: Loss, _ targets: Targets<S>, on inputs: SequenceBatch<S>, learningRate: Double
    ) throws {
        let objective = try Objective(
            loss, targets, on: inputs, for: network.configuration, reduction: .meanOverSteps)
        optimiser.learningRate = learningRate
        _ = try optimiser.step(&network, in: unfolding, on: inputs, objective)
    }

    /// The mean loss of a batch.
    func loss(_ loss: Loss, _ targets: Targets<S>, on inputs: SequenceBatch<S>) throws -> Double {
        let objective = try Objective(
            loss, targets, on: inputs, for: network.configuration, reduction: .meanOverSteps)
        return try unfolding.loss(of: network, on: inputs, objective)
    }

    /// y_t, time-major as in `ForwardPass`.
    func outputs(for inputs: SequenceBatch<S>) throws -> Matrix<S> {
        var pass = ForwardPass(for: inputs, network)
        try unfolding.forward(network, on: inputs, into: &pass)
        return pass.outputs
    }
}

/// Windows of a stream, in which a network is asked at every step for the element that comes next.
struct NextElements {
    let inputs: SequenceBatch<Double>
    let targets: Targets<Double>

    /// Cuts a stream into windows of `length`; what is left over is not used.
    init(_ stream: [[Double]], windows length: Int) throws {
        let windows = stride(from: 0, through: stream.count - length, by: length).map {
            Array(stream[$0..<$0 + length])
        }
        inputs = try SequenceBatch(windows.map { Array($0.dropLast()) })
        targets = try inputs.targets(everyStep: windows.map { Array($0.dropFirst()) })
    }

    /// The squared error of every feature of every element of a stream but the first; the state is carried on
    /// from beginning to end.
    static func errors(_ training: AdamTraining<Double>, on stream: [[Double]]) throws -> [[Double]] {
        let outputs = try training.outputs(for: SequenceBatch([Array(stream.dropLast())]))
        return zip(outputs.rowArrays, stream.dropFirst()).map { zip($0, $1).map { ($0 - $1) * ($0 - $1) } }
    }
}
