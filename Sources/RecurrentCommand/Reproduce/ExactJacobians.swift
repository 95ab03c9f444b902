import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", 2013: vanishing and
/// exploding gradients, in the two cases with an exact result.
///
/// With linear states and W_s = αQ, Q orthogonal, ∂s_T/∂s_1 = (αQ)^{T−1}, whose spectral norm is α^{T−1}. With ReLU
/// states that are positive and W_s = I (Le, Jaitly and Hinton 2015) it is the identity.
struct ExactJacobians: Reproduction {
    let name = "exact-jacobians"
    let source = "Pascanu et al. 2013"
    let claim =
        "‖∂s_T/∂s_1‖ = α^(T−1) for linear states, W_s = αQ; ∂s_T/∂s_1 = I for positive ReLU states, W_s = I."

    private let timesteps = 50
    private let stateWidth = 32

    func run(seed: UInt64, _ progress: ProgressDisplay) throws -> [Measurement] {
        var generator = RandomGenerator(seed: seed)
        let linear = try [0.9, 1.1].map { scale in
            let norm = try linearJacobian(scale, using: &generator).spectralNorm()
            let expected = pow(scale, Double(timesteps - 1))
            return Measurement(
                label: "‖∂s_50/∂s_1‖, α = \(scale), relative deviation",
                published: "α^49 = \(expected < 1 ? fixed(expected, 5) : fixed(expected, 2))",
                bound: .atMost(1e-13), value: abs(norm / expected - 1))
        }
        let deviation = try rectifiedJacobian(using: &generator) - .identity(stateWidth)
        return linear + [
            Measurement(
                label: "∂s_50/∂s_1 − I, ReLU", published: "0", bound: .exactly(0),
                value: deviation.largestMagnitude)
        ]
    }

    private func linearJacobian(
        _ scale: Double, using generator: inout RandomGenerator
    ) throws -> Matrix<Double> {
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: stateWidth, outputWidth: 1, cell: .elman(.identity))
        var network = RecurrentNetwork<Double>(configuration, initialiser: .orthogonal, using: &generator)
        network.parameters[.stateWeights] = network.parameters[.stateWeights].map { Q in
            Matrix(rows: Q.rows, columns: Q.columns) { scale * Q[$0, $1] }
        }
        return try jacobian(of: network, using: &generator)
    }

    private func rectifiedJacobian(using generator: inout RandomGenerator) throws -> Matrix<Double> {
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: stateWidth, outputWidth: 1, cell: .elman(.relu))
        var network = RecurrentNetwork<Double>(configuration, initialiser: .identity, using: &generator)
        // With positive inputs and weights every state is positive.
        network.parameters[.inputWeights] = Matrix(rows: 1, columns: stateWidth) { _, _ in
            0.1 + generator.uniform()
        }
        return try jacobian(of: network, using: &generator)
    }

    /// ∂s_T/∂s_1 for one sequence of positive numbers, T = 50.
    private func jacobian(
        of network: RecurrentNetwork<Double>, using generator: inout RandomGenerator
    ) throws -> Matrix<Double> {
        let inputs = try SequenceBatch([(0..<timesteps).map { _ in [0.1 + generator.uniform()] }])
        let objective = try Objective(
            .halfSquaredError, inputs.targets(lastStep: [[0]]), on: inputs, for: network,
            at: .last)
        let gradient = try UnfoldedGradient(of: network, on: inputs, objective)
        guard let first = gradient.terms.last(where: { $0.step == 1 }) else {
            throw CommandFailure("the unfolded gradient has no term for step 1")
        }
        return first.stateJacobian
    }
}
