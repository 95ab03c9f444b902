import RecurrentLinearAlgebra
import Synchronization

/// The state of one or many sequences between two timesteps, for networks that are run step by step.
///
///     var state = network.state(sequences: 1)
///     try network.step(x, &state)              // s_t and y_t from x_t and s_{t−1}
///
/// A value that belongs to one network: copies go their own ways, and a state is refused by any network but the
/// one that made it. Stepping one in place allocates nothing, unless a copy of it is kept.
public struct NetworkState<S: Scalar>: Sendable {
    /// B
    public var sequences: Int { layers[0].values.rows }
    /// s_t, B × H, the states of all layers side by side; row b is sequence b's. Cost: one copy.
    public var values: Matrix<S> {
        if layers.count == 1 { return layers[0].values }
        var values = Matrix<S>(rows: sequences, columns: width)
        var first = 0
        for layer in layers {
            let columns = first..<first + layer.values.columns
            values.withMutableView { values in
                layer.values.withView { values.columns(columns).copy(from: $0) }
            }
            first = columns.upperBound
        }
        return values
    }
    /// y_t of the last step, B × O; zero before the first. Of a network that reads out the last step it is the
    /// output for the sequence so far.
    public private(set) var outputs: Matrix<S>
    let identity: NetworkIdentity
    private var layers: [LayerState<S>]
    private var width: Int { layers.reduce(0) { $0 + $1.values.columns } }

    /// - Parameter values: B × H, the states of all layers side by side.
    init(_ values: Matrix<S>, of network: RecurrentNetwork<S>) {
        layers = network.configuration.cells.map { cell in
            LayerState(values.withView { Matrix($0.columns(cell.columns)) })
        }
        outputs = Matrix(rows: values.rows, columns: network.configuration.outputWidth)
        identity = network.identity
    }

    /// Goes on by one timestep, from x_t W_x of the first layer as `inputProduct` writes it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    mutating func advance(
        _ network: RecurrentNetwork<S>, inputProduct: (MutableMatrixView<S>) -> Void
    ) {
        let (configuration, parameters) = (network.configuration, network.parameters)
        layers[0].advance(configuration.cells[0], parameters, inputProduct)
        for number in layers.indices.dropFirst() {
            let cell = configuration.cells[number]
            let W_x = parameters.view(cell.name(.inputWeights))
            let below = layers[number - 1].values
            layers[number].advance(cell, parameters) { z in below.withView { gemm($0, W_x, into: z) } }
        }
        outputs.withMutableView { a in
            layers[layers.count - 1].values.withView { gemm($0, parameters.view(.outputWeights), into: a) }
            if let b_y = parameters.view(of: .outputBias) { a.addToEachRow(b_y) }
            configuration.output.apply(to: a)
        }
    }
}

/// The state of one layer.
private struct LayerState<S: Scalar>: Sendable {
    /// s_t, B × H
    var values: Matrix<S>
    /// Where the next state is made.
    private var next: Matrix<S>

    init(_ values: Matrix<S>) {
        self.values = values
        next = Matrix(rows: values.rows, columns: values.columns)
    }

    /// s_t = Φ(x_t W_x + s_{t−1} W_s + b_s), x_t W_x as `inputProduct` writes it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    mutating func advance(
        _ cell: LayerCell, _ parameters: Parameters<S>, _ inputProduct: (MutableMatrixView<S>) -> Void
    ) {
        next.withMutableView { s in
            inputProduct(s)
            if let W_s = parameters.view(of: cell.name(.stateWeights)) {
                values.withView { gemm($0, W_s, beta: 1, into: s) }
            }
            cell.activation.apply(to: s, afterAdding: parameters.view(of: cell.name(.stateBias)))
        }
        swap(&values, &next)
    }
}

/// A network made once, its copies and what training makes of them.
struct NetworkIdentity: Sendable, Equatable {
    private static let made = Atomic<Int>(0)
    private let number: Int

    init() { number = Self.made.add(1, ordering: .relaxed).newValue }
}

/// Why a step was refused. The state is then as it was before it.
public enum StateError: Error, Equatable, Sendable, CustomStringConvertible {
    case otherNetwork
    case needsWholeSequence
    case embedsTokens
    case shape(rows: Int, columns: Int, sequences: Int, width: Int)
    case notFinite(sequence: Int, feature: Int)
    case tokenCount(found: Int, sequences: Int)
    case tokenOutOfRange(sequence: Int, index: Int, vocabulary: Int)

    public var description: String {
        switch self {
        case .otherNetwork:
            "the state belongs to another network; make one with this network's state(sequences:) or state(from:)"
        case .needsWholeSequence:
            "a network that reads sequences both ways, or the mean over their steps, cannot be run step by step; use forward"
        case .embedsTokens:
            "the network embeds tokens; give it tokens, not values"
        case .shape(let rows, let columns, let sequences, let width):
            "the values are \(rows) × \(columns) where \(sequences) sequences of width \(width) are expected; give one row a sequence"
        case .notFinite(let sequence, let feature):
            "sequence \(sequence), feature \(feature) is NaN or infinite; fill in or leave out the step"
        case .tokenCount(let found, let sequences):
            "there are \(found) tokens for \(sequences) sequences; give one a sequence"
        case .tokenOutOfRange(let sequence, let index, let vocabulary):
            "sequence \(sequence) has token \(index), which is not in 0..<\(vocabulary), the vocabulary"
        }
    }
}
