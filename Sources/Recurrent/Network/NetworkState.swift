import RecurrentLinearAlgebra

/// The state of one or many sequences between two timesteps, for networks that are run step by step.
///
///     var state = network.state(sequences: 1)
///     try network.step(x, &state)              // s_t and y_t from x_t and s_{t−1}
///
/// A value that belongs to one network: copies go their own ways, and a state is refused by any network but the
/// one that made it. Stepping one in place allocates nothing, unless a copy of it is kept.
public struct NetworkState<S: Scalar>: Sendable {
    /// B
    public var sequences: Int { layers[0].sequences }
    /// s_t, B × H, the states of all layers side by side, an LSTM's c after its s; row b is sequence b's. Cost: one copy.
    public var values: Matrix<S> {
        var values = Matrix<S>(rows: sequences, columns: width)
        values.withMutableView { values in
            var first = 0
            for part in layers.flatMap(\.parts) {
                values.columns(first..<first + part.columns).copy(from: part)
                first += part.columns
            }
        }
        return values
    }
    /// y_t of the last step, B × O; zero before the first. Of a network that reads out the last step it is the
    /// output for the sequence so far.
    public private(set) var outputs: Matrix<S>
    let identity: NetworkIdentity
    private var layers: [LayerState<S>]
    private let width: Int
    private let (W_y, b_y): (ParameterLayout.Part, ParameterLayout.Part?)

    /// - Parameter values: B × H, the states of all layers side by side.
    init(_ values: Matrix<S>, of network: RecurrentNetwork<S>) {
        let layout = network.parameters.layout
        guard let W_y = layout[.outputWeights] else { unreachable("a network has a W_y") }
        (self.W_y, b_y) = (W_y, layout[.outputBias])
        layers = network.configuration.cells.map { cell in
            values.withView { LayerState(cell, $0.columns(cell.columns), layout) }
        }
        width = values.columns
        outputs = Matrix(rows: values.rows, columns: network.configuration.outputWidth)
        identity = network.identity
    }

    /// One timestep, from x_t W_x of the first layer as `inputProduct` writes it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    mutating func advance(
        _ network: RecurrentNetwork<S>,
        inputProduct: (_ W_x: MatrixView<S>, _ z: MutableMatrixView<S>) -> Void
    ) {
        let parameters = network.parameters
        layers[0].advance(parameters, inputProduct: inputProduct)
        for number in layers.indices.dropFirst() {
            let below = layers[number - 1].s
            layers[number].advance(parameters) { W_x, z in gemm(below, W_x, into: z) }
        }
        outputs.withMutableView { a in
            gemm(layers[layers.count - 1].s, parameters.view(W_y), into: a)
            if let b_y { a.addToEachRow(parameters.view(b_y)) }
            network.configuration.output.apply(to: a)
        }
    }
}
