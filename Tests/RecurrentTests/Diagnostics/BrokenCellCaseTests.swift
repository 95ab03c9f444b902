import Foundation
import Recurrent
import Testing

/// Broken cases of format 2: each gets an error of one line that names the key.
@Suite struct BrokenCellCaseTests {
    struct Damage: CustomTestStringConvertible, Sendable {
        let name: String
        let change: @Sendable (inout CellCase) -> Void
        let words: String
        var testDescription: String { "\(name): \(words)" }

        init(_ name: String, _ words: String, _ change: @escaping @Sendable (inout CellCase) -> Void) {
            (self.name, self.change, self.words) = (name, change, words)
        }
    }

    static let keys = [
        Damage("lstm-one-layer", "format: 3 is not known; formats 1 and 2 are") { $0["format"] = 3 },
        Damage("lstm-one-layer", "format: not a whole number") { $0["format"] = "2" },
        Damage("lstm-one-layer", "cell: missing") { $0["cell"] = nil },
        Damage("lstm-one-layer", "cell: 'peephole' is none of elman, lstm, gru") { $0["cell"] = "peephole" },
        Damage("lstm-one-layer", "layers: missing") { $0["layers"] = nil },
        Damage("lstm-one-layer", "bidirectional: missing") { $0["bidirectional"] = nil },
        Damage("lstm-one-layer", "weights: missing") { $0["weights"] = nil },
        Damage("lstm-one-layer", "gradients: missing") { $0["gradients"] = nil },
        Damage("lstm-one-layer", "Y: missing") { $0["Y"] = nil },
        Damage("elman-one-layer", "activation: null where a text is expected") {
            $0["activation"] = NSNull()
        },
        Damage("elman-one-layer", "activation: missing") { $0["activation"] = nil },
        Damage("elman-one-layer", "activation: 'swish' is none of") { $0["activation"] = "swish" },
        Damage("gru-one-layer", "activation: gru has no activation to choose; write null") {
            $0["activation"] = "tanh"
        },
    ]

    static let states = [
        Damage("gru-one-layer", "h0: missing") { $0["h0"] = nil },
        Damage("lstm-one-layer", "c0: missing") { $0["c0"] = nil },
        Damage("lstm-one-layer", "gradients.c0: missing") { $0["gradients", "c0"] = nil },
        Damage("gru-one-layer", "c0: gru has no c; write null or leave the key out") { $0["c0"] = $0["h0"] },
        Damage("elman-one-layer", "gradients.c0: there is no such parameter, initial state or input") {
            $0["gradients", "c0"] = $0["h0"]
        },
        Damage("lstm-both-ways", "h0: the shape is not [2][3][5]") { $0["h0"] = [[[0.5]]] },
        Damage("lstm-both-ways", "gradients.c0: the shape is not [2][3][5]") {
            $0["gradients", "c0"] = [[[0.5]]]
        },
    ]

    static let contradictions = [
        Damage("gru-one-layer", "cell: lstm, but the weights say gru") {
            $0["cell"] = "lstm"
            $0["c0"] = $0["h0"]
        },
        Damage("lstm-one-layer", "cell: elman, but the weights say lstm") {
            ($0["cell"], $0["activation"]) = ("elman", "tanh")
        },
        Damage("lstm-one-layer", "layers: 2, but the weights say 1") { $0["layers"] = 2 },
        Damage("lstm-two-layers", "layers: 1, but the weights say 2") { $0["layers"] = 1 },
        Damage("lstm-both-ways", "bidirectional: false, but the weights say true") {
            $0["bidirectional"] = false
        },
        Damage("gru-one-layer", "I: 3, but the weights say 1") {
            $0["weights", "rnn.weight_ih_l0"] = Array(repeating: [0.5], count: 15)
        },
        Damage("gru-one-layer", "H: 6, but the weights say 5") { $0["H"] = 6 },
        Damage("gru-one-layer", "O: 2, but the weights say 1") {
            ($0["weights", "readout.weight"], $0["weights", "readout.bias"]) = ([[1, 2, 3, 4, 5]], [0.5])
        },
        Damage("gru-one-layer", "X: the shape is not [7][4][3]") { $0["T"] = 7 },
    ]

    static let tensors = [
        Damage("lstm-one-layer", "weights: tensor 'rnn.weight_ih_l0' is missing") {
            $0["weights", "rnn.weight_ih_l0"] = nil
        },
        Damage("gru-one-layer", "weights: tensor 'rnn.weight_hh_l0' is missing") {
            $0["weights", "rnn.weight_hh_l0"] = nil
        },
        Damage("gru-one-layer", "weights: tensor 'rnn.bias_hh_l0' is missing") {
            $0["weights", "rnn.bias_hh_l0"] = nil
        },
        Damage("lstm-both-ways", "weights: tensor 'rnn.weight_ih_l0_reverse' is missing") {
            $0["weights", "rnn.weight_ih_l0_reverse"] = nil
        },
        Damage(
            "lstm-one-layer", "weights: tensor 'rnn.weight_hr_l0' projects the states of an LSTM (proj_size)"
        ) {
            $0["weights", "rnn.weight_hr_l0"] = [[0.5]]
        },
        Damage("lstm-one-layer", "weights: 'embedding.weight' begins with neither 'rnn.' nor 'readout.'") {
            $0["weights", "embedding.weight"] = [[0.5]]
        },
        Damage("lstm-one-layer", "weights: tensor 'readout.weight' has the shape [1, 2], expected [1, 5]") {
            $0["weights", "readout.weight"] = [[0.5, 0.5]]
        },
        Damage("lstm-one-layer", "weights: tensor 'rnn.bias_ih_l0' has the shape [0, 0], expected [20]") {
            $0["weights", "rnn.bias_ih_l0"] = [Double]()
        },
        Damage("lstm-one-layer", "weights.readout.weight: the rows differ in length") {
            $0["weights", "readout.weight"] = [[0.5], [0.5, 0.5]]
        },
        Damage("lstm-one-layer", "weights.readout.bias[1]: not a number") {
            $0["weights", "readout.bias"] = [0.5, "half"]
        },
        Damage("lstm-one-layer", "weights.readout.bias: not an array") {
            $0["weights", "readout.bias"] = 0.5
        },
        Damage("lstm-one-layer", "gradients.rnn.bias_hh_l0: missing") {
            $0["gradients", "rnn.bias_hh_l0"] = nil
        },
        Damage("lstm-one-layer", "gradients.readout.bias: the shape is [1], that of the weights [2]") {
            $0["gradients", "readout.bias"] = [0.5]
        },
        Damage("lstm-one-layer", "gradients.rnn.bias_ih_l1: there is no such parameter") {
            $0["gradients", "rnn.bias_ih_l1"] = [0.5]
        },
        Damage("lstm-one-layer", "gradients.X: missing") { $0["gradients", "X"] = nil },
    ]

    @Test(arguments: keys + states + contradictions + tensors)
    func brokenCasesAreRefusedInOneLine(damage: Damage) throws {
        var broken = try CellCase(damage.name)
        damage.change(&broken)
        let problem = try #require(try broken.problem)
        #expect(problem.contains(damage.words) && !problem.contains("\n"), "\(problem)")
    }

    @Test func nullStandsForAKeyThatHasNoMeaning() throws {
        var gru = try CellCase("gru-one-layer")
        (gru["activation"], gru["c0"]) = (nil, NSNull())
        #expect(try gru.deviating == [])
    }
}
