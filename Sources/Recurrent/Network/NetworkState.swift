import LinearAlgebra
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
    public var sequences: Int { values.rows }
    /// s_t, B × H; row b is sequence b's.
    public private(set) var values: Matrix<S>
    /// y_t of the last step, B × O; zero before the first.
    public private(set) var outputs: Matrix<S>
    let identity: NetworkIdentity
    /// Where the next state is made.
    private var next: Matrix<S>

    init(_ values: Matrix<S>, of network: ElmanNetwork<S>) {
        self.values = values
        next = Matrix(rows: values.rows, columns: values.columns)
        outputs = Matrix(rows: values.rows, columns: network.configuration.outputWidth)
        identity = network.identity
    }

    /// Goes on by one timestep, from x_t W_x as `inputProduct` writes it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    mutating func advance(
        _ network: ElmanNetwork<S>, inputProduct: (MutableMatrixView<S>) -> Void
    ) {
        let (configuration, parameters) = (network.configuration, network.parameters)
        next.withMutableView { s in
            inputProduct(s)
            if let W_s = parameters.view(of: .stateWeights) {
                values.withView { gemm($0, W_s, beta: 1, into: s) }
            }
            configuration.activation.apply(to: s, afterAdding: parameters.view(of: .stateBias))
        }
        swap(&values, &next)
        outputs.withMutableView { a in
            values.withView { gemm($0, parameters.view(.outputWeights), into: a) }
            if let b_y = parameters.view(of: .outputBias) { a.addToEachRow(b_y) }
            configuration.output.apply(to: a)
        }
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
    case shape(rows: Int, columns: Int, sequences: Int, width: Int)
    case notFinite(sequence: Int, feature: Int)
    case tokenCount(found: Int, sequences: Int)
    case tokenOutOfRange(sequence: Int, index: Int, vocabulary: Int)

    public var description: String {
        switch self {
        case .otherNetwork:
            "the state belongs to another network; make one with this network's state(sequences:) or state(from:)"
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
