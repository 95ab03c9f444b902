import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import TestSupport
import Testing

/// Stacked and bidirectional networks against what PyTorch recorded, read from PyTorch's own model files.
@Suite struct DeepCaseTests {
    private struct Case: Decodable {
        let activation: String
        let lastStep: Bool
        let lengths: [Int]
        let X: [[[Double]]]?
        let tokens: [[Int]]?
        let E: Double
        let Y: [[Double]]
        let gradients: [String: [Double]]
    }

    private struct Targets<D: Decodable>: Decodable { let D: D }

    static let names = [
        "stacked", "stacked-ragged-relu", "bidirectional", "stacked-bidirectional-ragged",
        "bidirectional-last-step", "last-step", "embedding", "embedding-bidirectional",
    ]

    @Test(arguments: names)
    func theEngineAgreesWithPyTorch(name: String) throws {
        try expectAgreement(name, Double.self, Verification.tolerance(of: Double.self))
        try expectAgreement(name, Float.self, Verification.tolerance(of: Float.self))
    }

    private func expectAgreement<S: Scalar>(_ name: String, _ type: S.Type, _ tolerance: Double) throws {
        let folder = Fixtures.folder.appendingPathComponent("Deep")
        let data = try Data(contentsOf: folder.appendingPathComponent("\(name).json"))
        let recorded = try JSONDecoder().decode(Case.self, from: data)
        let network = try RecurrentNetwork<S>(
            contentsOf: folder.appendingPathComponent("\(name).safetensors").path,
            assuming: AssumedFunctions(
                activation: Activation(rawValue: recorded.activation)!, output: .linear,
                readOut: recorded.lastStep ? .lastStep : .everyStep))
        let (batch, targets) = try batch(recorded, data, network, S.self)
        let unfolding = Unfolding(for: network)
        let objective = try Objective(
            .halfSquaredError, targets, on: batch, for: network)
        let E = try unfolding.lossAndGradient(of: network, on: batch, objective)
        #expect(abs(E - recorded.E) <= tolerance * recorded.E)

        let outputs = try network.forward(batch).outputs.converted(to: Double.self).rowArrays
        for (row, values) in outputs.enumerated()
        where recorded.lastStep || row / batch.sequences < batch.lengths[row % batch.sequences] {
            #expect(deviation(Matrix([values]), Matrix([recorded.Y[row]])) <= 100 * tolerance, "Y row \(row)")
        }
        let ours = RecurrentNetwork(network.configuration, parameters: unfolding.gradient).safetensors()
        for (tensor, values) in recorded.gradients {
            let found = try #require(ours[tensor]?.elements(as: Double.self), "\(tensor)")
            #expect(deviation(Matrix([found]), Matrix([values])) <= tolerance, "\(name): \(tensor)")
        }
        let biases = network.parameters.layout.parts.filter { $0.name.kind == .stateBias }.count
        #expect(ours.tensors.count == recorded.gradients.count + biases)
    }

    private func batch<S: Scalar>(
        _ recorded: Case, _ data: Data, _ network: RecurrentNetwork<S>, _ type: S.Type
    ) throws -> (SequenceBatch<S>, Recurrent.Targets<S>) {
        let lengths = recorded.lengths
        let batch: SequenceBatch<S>
        if let tokens = recorded.tokens {
            batch = try SequenceBatch(
                tokens: lengths.indices.map { b in (0..<lengths[b]).map { tokens[$0][b] } },
                vocabulary: network.configuration.inputWidth)
        } else {
            batch = try SequenceBatch(
                inputs: Matrix(Array(recorded.X!.joined())).converted(to: S.self), steps: lengths.max()!,
                sequences: lengths.count, lengths: lengths)
        }
        let values =
            try recorded.lastStep
            ? JSONDecoder().decode(Targets<[[Double]]>.self, from: data).D
            : Array(JSONDecoder().decode(Targets<[[[Double]]]>.self, from: data).D.joined())
        return (batch, .values(Matrix(values).converted(to: S.self)))
    }
}
