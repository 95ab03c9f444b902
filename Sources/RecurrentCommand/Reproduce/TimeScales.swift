import Foundation
import RecurrentLinearAlgebra
import Recurrent

extension RecurrentNetwork {
    /// Sets the biases of the first layer's gates so that its units keep their state for 1 to `longest` steps at
    /// first: with u uniform on 1...`longest` − 1, drawn for each unit, ln u is the bias of an LSTM's forget gate and
    /// of a GRU's update gate, and −ln u that of an LSTM's input gate (Tallec and Ollivier, "Can recurrent neural
    /// networks warp time?", 2018: chrono initialisation).
    mutating func setTimeScales(upTo longest: Int, using generator: inout RandomGenerator) {
        let layer = configuration.layers[0]
        let biases = Matrix<S>(rows: 1, columns: layer.stateWidth) { _, _ in
            S(log(1 + Double(longest - 2) * generator.uniform()))
        }
        switch layer.cell {
        case .elman: break
        case .lstm:
            parameters[.stateBias(layer: 0, gate: .forget)] = biases
            parameters[.stateBias(layer: 0, gate: .input)] = Matrix(rows: 1, columns: biases.columns) {
                -biases[$0, $1]
            }
        case .gru: parameters[.stateBias(layer: 0, gate: .update)] = biases
        }
    }
}
