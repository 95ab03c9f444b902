import Foundation
import RecurrentFormats
import RecurrentLinearAlgebra

/// A network, a batch, and the results of another implementation in double precision, read from a JSON file.
///
/// Both formats have the widths `T`, `B`, `I`, `H`, `O`; `loss` ("halfSquaredError" with linear outputs, or
/// "crossEntropy" with softmax); `lengths` [B]; `manyToOne`, true if only the last valid step of a sequence
/// has a loss; `X` [T][B][I]; `D` [T][B][O] values or [T][B] class indices; and the results: `Y` [T][B][O]
/// (a_t, before the output function), `E` (the sum of the losses), and `gradients` of E, each shaped as what
/// it belongs to. Y of padded steps is not compared.
///
/// Format 2, `"format": 2`, has the names, shapes and order of gates of a PyTorch module whose
/// `torch.nn.RNN`, `LSTM` or `GRU` is called `rnn` and whose `torch.nn.Linear` is called `readout`:
/// - `cell`: "elman", "lstm" or "gru" (reset after the product);
/// - `activation` of "elman": "tanh", "sigmoid", "relu", "identity"; null or left out for other cells;
/// - `layers`; `bidirectional`, true or false;
/// - `weights`: an object of all parameters by name, `rnn.weight_ih_l0`, …, `readout.bias`;
/// - `h0` and, for "lstm" only, `c0`: [layers × directions][B][H];
/// - `gradients`: by the names of the parameters, and h0, c0, X. `bias_ih` and `bias_hh` each have the
///   gradient of their sum, but the last thirds of a GRU's are two parameters.
///
/// Format 1, without `format`, is one forward layer of Elman cells: `activation`; `weights` Wx [I][H], Ws
/// [H][H], Wy [H][O], bs [H], by [O]; `s0` [B][H]; one more result, `S` [T][B][H]; `gradients` Wx, Ws, Wy,
/// bs, by, s0, X.
public struct RecordedCase: Sendable {
    typealias Quantity = (name: String, values: Matrix<Double>)

    let network: RecurrentNetwork<Double>
    let inputs: Matrix<Double>
    let lengths: [Int]
    let initialState: Matrix<Double>
    let loss: Loss
    let targets: Targets<Double>
    let manyToOne: Bool
    /// The results of the other implementation. Those of steps are time-major; a tensor with PyTorch's name
    /// is one row.
    let expected: [Quantity]

    /// T
    public var steps: Int { inputs.rows / lengths.count }

    /// Reads a file, or standard input for "-".
    ///
    /// - Throws: `FileError` naming the file and the key.
    public init(contentsOf path: String) throws(FileError) {
        let data = try FileError.read(path)
        do {
            self = try JSONDecoder().decode(RecordedCase.self, from: data)
        } catch {
            throw FileError(
                path: path, problem: "not a recorded case: \(describe(error, in: data))")
        }
    }
}
