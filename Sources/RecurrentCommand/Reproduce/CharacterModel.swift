import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// Karpathy, "The unreasonable effectiveness of recurrent neural networks", 2015, whose min-char-rnn starts at this
/// loss: an untrained model of V characters has a cross entropy of ln V per character.
///
/// With W_y and b_y zero every output is 1/V exactly, and the loss is ln V up to rounding. With random initial
/// weights it is near that.
struct CharacterModel: Reproduction {
    let name = "character-model"
    let source = "Karpathy 2015"
    let claim = "Before training, the loss of a model of V characters is ln V per character."

    func run(seed: UInt64, _ progress: ProgressDisplay) throws -> [Measurement] {
        let characters = Array(Self.text)
        let vocabulary = Set(characters).sorted()
        let indices = characters.compactMap { vocabulary.firstIndex(of: $0) }
        let width = vocabulary.count
        var generator = RandomGenerator(seed: seed)
        let configuration = NetworkConfiguration(
            inputWidth: width, stateWidth: 64, outputWidth: width, output: .softmax)
        let network = RecurrentNetwork<Double>(configuration, using: &generator)
        var uniform = network
        uniform.parameters[.outputWeights] = Matrix(rows: 64, columns: width)
        uniform.parameters[.outputBias] = Matrix(rows: 1, columns: width)

        let expected = log(Double(width))
        func deviation(_ network: RecurrentNetwork<Double>) throws -> Double {
            abs(try loss(of: network, on: indices) / expected - 1)
        }
        let published = "ln \(width) = \(fixed(expected, 4))"
        return [
            Measurement(
                label: "first loss, W_y = 0, relative deviation", published: published,
                bound: .atMost(1e-14), value: try deviation(uniform)),
            Measurement(
                label: "first loss, W_y drawn, relative deviation", published: published,
                bound: .below(0.1), value: try deviation(network)),
        ]
    }

    /// The mean cross entropy of predicting each character from the preceding ones.
    private func loss(of network: RecurrentNetwork<Double>, on indices: [Int]) throws -> Double {
        let inputs = try SequenceBatch<Double>(
            tokens: [Array(indices.dropLast())], vocabulary: network.configuration.inputWidth)
        let targets = try inputs.targets(everyStep: [Array(indices.dropFirst())])
        return try AdamTraining(network).loss(.crossEntropy, targets, on: inputs)
    }

    /// Genesis 1, 1–5, in the King James Version of 1611, which is in the public domain.
    private static let text = """
        In the beginning God created the heaven and the earth. And the earth was without form, and void; and \
        darkness was upon the face of the deep. And the Spirit of God moved upon the face of the waters. And \
        God said, Let there be light: and there was light. And God saw the light, that it was good: and God \
        divided the light from the darkness. And God called the light Day, and the darkness he called Night. \
        And the evening and the morning were the first day.
        """
}
