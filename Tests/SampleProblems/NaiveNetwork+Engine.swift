import Foundation
import RecurrentLinearAlgebra
import NaiveReference
import Recurrent

extension NaiveNetwork {
    /// Which cell of a network, and where its state stands among those of all.
    package struct CellPlace {
        package let layer: Int
        package let isReverse: Bool
        package let columns: Range<Int>
    }

    /// By layer and direction.
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

    /// The same network; parts that do not exist become zeros.
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
                    activation: activation, isReverse: cell.isReverse)
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
    package static let platform = Elementary(
        exp: { Foundation.exp($0) }, log: { Foundation.log($0) }, tanh: { Foundation.tanh($0) })
}

extension NaiveSequence {
    /// The masks that the engine's rule gives a sequence: SplitMix64's numbers from a key of layer, sequence and step.
    package mutating func addMasks(_ problem: Problem, sequence: Int) {
        guard let seed = problem.dropoutSeed else { return }
        let configuration = problem.configuration
        func mask(_ probability: Double, _ width: Int, key: UInt64) -> [Double] {
            (1...width).map { place in
                let word = Self.finalise(key &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15)
                return Double(word >> 11) * 0x1p-53 < probability ? 0 : 1 / (1 - probability)
            }
        }
        func mix(_ key: UInt64, _ number: Int) -> UInt64 {
            Self.finalise(key ^ UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
        }
        for (number, layer) in configuration.layers.enumerated() {
            let key = mix(mix(seed, number), sequence)
            if problem.dropout > 0 {
                outputMask.append(
                    x.indices.map { mask(problem.dropout, layer.outputWidth, key: mix(key, $0)) })
            }
            guard problem.stateDropout > 0 else { continue }
            stateMask.append(
                (0..<layer.directions.count).map { direction in
                    let number = configuration.layers.count + 2 * number + direction
                    return mask(
                        problem.stateDropout, layer.stateWidth, key: mix(mix(seed, number), sequence))
                })
        }
    }

    private static func finalise(_ key: UInt64) -> UInt64 {
        var word = key
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
