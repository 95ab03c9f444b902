import Foundation
import RecurrentLinearAlgebra
import NaiveReference
import Recurrent

extension NaiveNetwork {
    /// A cell of a network, and the columns of its state among those of all cells.
    package struct CellPlace {
        package let layer: Int
        package let isReverse: Bool
        package let columns: Range<Int>
    }

    /// The cells of a network, by layer and direction.
    package static func cells<S: Scalar>(of network: RecurrentNetwork<S>) -> [[CellPlace]] {
        var first = 0
        return network.configuration.layers.enumerated().map { number, layer in
            [false, true].prefix(layer.directions.count).map { isReverse in
                defer { first += layer.stateWidth }
                return CellPlace(
                    layer: number, isReverse: isReverse, columns: first..<first + layer.stateWidth)
            }
        }
    }

    /// The same network as scalars. Parts that do not exist become zeros.
    package init<S: Scalar>(_ network: RecurrentNetwork<S>) {
        let c = network.configuration
        func rows(_ name: ParameterName, _ rows: Int, _ columns: Int) -> [[Double]] {
            network.parameters[name]?.converted(to: Double.self).rowArrays
                ?? Array(repeating: Array(repeating: 0, count: columns), count: rows)
        }
        let layers = Self.cells(of: network).map { cells in
            cells.map { cell -> NaiveCell in
                let layer = c.layers[cell.layer]
                let H = layer.stateWidth
                let activation: NaiveActivation =
                    switch layer.cell.activation ?? .tanh {
                    case .tanh: .tanh
                    case .sigmoid: .sigmoid
                    case .relu: .relu
                    case .identity: .identity
                    }
                return NaiveCell(
                    Wx: rows(.inputWeights(layer: cell.layer, reverse: cell.isReverse), 0, H),
                    Ws: rows(.stateWeights(layer: cell.layer, reverse: cell.isReverse), H, H),
                    bs: rows(.stateBias(layer: cell.layer, reverse: cell.isReverse), 1, H)[0],
                    equations: .elman(activation), isReverse: cell.isReverse)
            }
        }
        let output: NaiveOutput =
            switch c.output {
            case .linear: .linear
            case .softmax: .softmax
            case .sigmoid: .sigmoid
            }
        let readOut: NaiveReadOut =
            switch c.readOut {
            case .everyStep: .everyStep
            case .lastStep: .lastStep
            case .meanOverSteps: .meanOverSteps
            }
        self.init(
            embedding: network.parameters[.embedding]?.converted(to: Double.self).rowArrays,
            layers: layers, addsDirections: c.layers[0].directions == .bidirectionalSum,
            Wy: rows(.outputWeights, 0, c.outputWidth), by: rows(.outputBias, 1, c.outputWidth)[0],
            output: output, readOut: readOut, elementary: .platform)
    }
}

extension Elementary {
    /// The functions of the system's mathematical library.
    package static let platform = Elementary(
        exp: { Foundation.exp($0) }, log: { Foundation.log($0) }, tanh: { Foundation.tanh($0) })
}
