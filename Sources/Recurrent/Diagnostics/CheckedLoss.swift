import RecurrentLinearAlgebra

/// A loss as a function of all that it can be differentiated by.
struct CheckedLoss {
    /// A matrix that the loss depends on.
    enum Argument {
        case parameter(ParameterName)
        case initialState
        case inputs

        var name: String {
            switch self {
            case .parameter(let name): name.description
            case .initialState: "s_0"
            case .inputs: "x"
            }
        }
    }

    private(set) var network: RecurrentNetwork<Double>
    private(set) var batch: SequenceBatch<Double>
    let objective: Objective<Double>
    private(set) var initialState: Matrix<Double>?
    let dropoutSeed: UInt64?

    init(
        _ network: RecurrentNetwork<Double>, _ batch: SequenceBatch<Double>, _ objective: Objective<Double>,
        from initialState: Matrix<Double>?, dropoutSeed: UInt64?
    ) {
        (self.network, self.batch, self.objective) = (network, batch, objective)
        (self.initialState, self.dropoutSeed) = (initialState, dropoutSeed)
    }

    var arguments: [Argument] {
        network.parameters.layout.parts.map { .parameter($0.name) }
            + (initialState == nil ? [] : [.initialState]) + (batch.isTokens ? [] : [.inputs])
    }

    subscript(argument: Argument) -> Matrix<Double> {
        get {
            switch argument {
            case .parameter(let name): network.parameters.matrix(name)
            case .initialState: initialState ?? Matrix(rows: 0, columns: 0)
            case .inputs: batch.inputs
            }
        }
        set {
            switch argument {
            case .parameter(let name): network.parameters[name] = newValue
            case .initialState: initialState = newValue
            case .inputs: batch = batch.with(inputs: newValue)
            }
        }
    }

    func value(in unfolding: Unfolding<Double>) throws(PassError) -> Double {
        try unfolding.loss(
            of: network, on: batch, objective, from: initialState, dropoutSeed: dropoutSeed)
    }
}
