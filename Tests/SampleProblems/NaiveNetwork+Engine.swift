import Foundation
import RecurrentLinearAlgebra
import NaiveReference
import Recurrent

extension NaiveNetwork {
    /// A cell of a network, and the columns of s and c among those of all cells; none of c if the cell has no c.
    package struct CellPlace {
        package let layer: Int
        package let isReverse: Bool
        package let s: Range<Int>
        package let c: Range<Int>
    }

    /// The cells of a network, by layer and direction.
    package static func cells<S: Scalar>(of network: RecurrentNetwork<S>) -> [[CellPlace]] {
        var first = 0
        return network.configuration.layers.enumerated().map { number, layer in
            [false, true].prefix(layer.directions.count).map { isReverse in
                let s = first..<first + layer.stateWidth
                let c = s.upperBound..<s.upperBound + (layer.cell == .lstm ? layer.stateWidth : 0)
                first = c.upperBound
                return CellPlace(layer: number, isReverse: isReverse, s: s, c: c)
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
                let (H, columns) = (layer.stateWidth, layer.cell.gates * layer.stateWidth)
                let (number, reverse) = (cell.layer, cell.isReverse)
                return NaiveCell(
                    Wx: rows(.inputWeights(layer: number, reverse: reverse), 0, columns),
                    Ws: rows(.stateWeights(layer: number, reverse: reverse), H, columns),
                    bs: rows(.stateBias(layer: number, reverse: reverse), 1, columns)[0],
                    bn: rows(.candidateBias(layer: number, reverse: reverse), 1, H)[0],
                    equations: NaiveEquations(layer.cell), isReverse: reverse)
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

extension NaiveEquations {
    fileprivate init(_ cell: RecurrentCell) {
        self =
            switch cell {
            case .elman(.tanh): .elman(.tanh)
            case .elman(.sigmoid): .elman(.sigmoid)
            case .elman(.relu): .elman(.relu)
            case .elman(.identity): .elman(.identity)
            case .lstm: .lstm
            case .gru(.afterProduct): .gruResetAfter
            case .gru(.beforeProduct): .gruResetBefore
            }
    }
}

extension Elementary {
    /// The functions of the system's mathematical library.
    package static let platform = Elementary(
        exp: { Foundation.exp($0) }, log: { Foundation.log($0) }, tanh: { Foundation.tanh($0) })
}
