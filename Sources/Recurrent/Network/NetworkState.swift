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

    /// One timestep, from x_t W_x of the first layer as `inputProduct` writes it.
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
    /// Room for the next state, B × H.
    private var next: Matrix<S>

    init(_ values: Matrix<S>) {
        self.values = values
        next = Matrix(rows: values.rows, columns: values.columns)
    }

    /// s_t from z_t = x_t W_x + s_{t−1} W_s + b_s, x_t W_x as `inputProduct` writes it.
    @specialized(where S == Double)
    @specialized(where S == Float)
    mutating func advance(
        _ cell: LayerCell, _ parameters: Parameters<S>, _ inputProduct: (MutableMatrixView<S>) -> Void
    ) {
        next.withMutableView { s in
            let z = s
            inputProduct(z)
            if let W_s = parameters.view(of: cell.name(.stateWeights)) {
                values.withView { gemm($0, W_s, beta: 1, into: z) }
            }
            cell.equations.forward(
                ForwardStep(z: z, bias: parameters.view(of: cell.name(.stateBias)), s: s))
        }
        swap(&values, &next)
    }
}
