import RecurrentLinearAlgebra

/// A distribution of a network's parameters. Draws are made in double precision, so that a `Float` and a `Double`
/// network of one seed agree to rounding.
///
/// Parts that a case does not mention are drawn as in `glorot`: weights uniform on ±√(6 / (rows + columns)), biases 0.
/// Of a cell with gates each gate's columns are drawn by themselves, with the rows and columns of a single gate, in the
/// order of the part's gates: an `orthogonal` W_s is G orthogonal matrices. Only `uniform` draws everything its own way. Embeddings are always normal with variance 1, as in PyTorch, and initial
/// states 0.
public enum Initialiser: Equatable, Sendable {
    /// Everything, biases included, uniform on ±1/√H, for the read-out on ±1/√ of its width. PyTorch's default.
    case uniform
    /// Glorot and Bengio 2010.
    case glorot
    /// W_x and W_s normal with variance 2 / rows, for ReLU layers (He, Zhang, Ren, Sun 2015).
    case he
    /// W_s a random orthogonal matrix (Saxe, McClelland, Ganguli 2014).
    case orthogonal
    /// W_s the identity (Le, Jaitly, Hinton 2015).
    case identity
    /// W_s α times the identity, and W_x normal with this deviation, both as Le, Jaitly and Hinton (2015) draw them.
    case scaledIdentity(Double, inputDeviation: Double = 0.001)
    /// Every unit is reached by `connections` others, drawn anew for each, with weights that are normal with variance
    /// 1 / `connections`; the other elements of W_s are 0 (Martens 2010).
    case sparse(connections: Int)
    /// W_s normal, then scaled to this spectral radius, the largest magnitude of an eigenvalue, as in
    /// echo-state networks (Jaeger 2001).
    case spectralRadius(Double)

    /// - Precondition: `sparse` asks for 1 to H connections, and scales are finite and above 0.
    func draw<S: Scalar>(
        _ configuration: NetworkConfiguration, using generator: inout RandomGenerator
    ) -> Parameters<S> {
        var parameters = Parameters<S>(layout: ParameterLayout(configuration))
        for part in parameters.layout.parts {
            let gates = part.gates.isEmpty ? [nil] : part.gates.map { Optional($0) }
            for gate in gates {
                let name = ParameterName(
                    part.name.kind, layer: part.name.layer, reverse: part.name.isReverse, gate: gate)
                let block = (rows: part.rows, columns: part.columns / gates.count)
                let drawn = drawBlock(block, part.name, of: configuration, using: &generator)
                parameters[name] = drawn.converted(to: S.self)
            }
        }
        return parameters
    }

    /// A part, or the columns of one of its gates.
    private func drawBlock(
        _ part: (rows: Int, columns: Int), _ name: ParameterName, of configuration: NetworkConfiguration,
        using generator: inout RandomGenerator
    ) -> Matrix<Double> {
        func uniform(within bound: Double) -> Matrix<Double> {
            Matrix(rows: part.rows, columns: part.columns) { _, _ in generator.uniform(within: bound) }
        }
        func normal(deviation: Double) -> Matrix<Double> {
            Matrix(rows: part.rows, columns: part.columns) { _, _ in deviation * generator.normal() }
        }
        if name.kind == .embedding { return normal(deviation: 1) }
        switch (self, name.kind) {
        case (_, .initialState), (_, .initialCellState): return Matrix(rows: 1, columns: part.columns)
        case (.uniform, .outputWeights), (.uniform, .outputBias):
            return uniform(within: 1 / Double(configuration.readOutWidth).squareRoot())
        case (.uniform, _):
            let H = configuration.layers[name.layer].stateWidth
            return uniform(within: 1 / Double(H).squareRoot())
        case (_, .stateBias), (_, .candidateBias), (_, .outputBias):
            return Matrix(rows: 1, columns: part.columns)
        case (.he, .inputWeights), (.he, .stateWeights):
            return normal(deviation: (2 / Double(part.rows)).squareRoot())
        case (.orthogonal, .stateWeights): return randomOrthogonal(part.rows, using: &generator)
        case (.identity, .stateWeights): return .identity(part.rows)
        case (.scaledIdentity(let scale, _), .stateWeights):
            requireScale(scale)
            return Matrix(rows: part.rows, columns: part.rows) { $0 == $1 ? scale : 0 }
        case (.scaledIdentity(_, let deviation), .inputWeights):
            requireScale(deviation)
            return normal(deviation: deviation)
        case (.sparse(let connections), .stateWeights):
            return randomSparse(part.rows, connections, using: &generator)
        case (.spectralRadius(let radius), .stateWeights):
            return random(part.rows, spectralRadius: radius, using: &generator)
        default: return uniform(within: (6 / Double(part.rows + part.columns)).squareRoot())
        }
    }
}

private func randomNormal(_ n: Int, using generator: inout RandomGenerator) -> Matrix<Double> {
    Matrix(rows: n, columns: n) { _, _ in generator.normal() }
}

/// An orthogonal matrix drawn uniformly: Q of the QR factorisation of a normal matrix, each column
/// given the sign of R's diagonal (Mezzadri 2007).
private func randomOrthogonal(_ n: Int, using generator: inout RandomGenerator) -> Matrix<Double> {
    guard let (q, r) = try? randomNormal(n, using: &generator).qr() else {
        unreachable("a matrix of finite normal draws has a QR factorisation")
    }
    return Matrix(rows: n, columns: n) { r[$1, $1] < 0 ? -q[$0, $1] : q[$0, $1] }
}

/// Column j, what unit j is reached by, has `connections` elements that are not 0.
private func randomSparse(
    _ n: Int, _ connections: Int, using generator: inout RandomGenerator
) -> Matrix<Double> {
    requireConnections(connections, of: n)
    var matrix = Matrix<Double>(rows: n, columns: n)
    for column in 0..<n {
        for row in generator.permutation(n).prefix(connections) {
            matrix[row, column] = generator.normal() / Double(connections).squareRoot()
        }
    }
    return matrix
}

private func random(
    _ n: Int, spectralRadius radius: Double, using generator: inout RandomGenerator
) -> Matrix<Double> {
    requireScale(radius)
    while true {
        let matrix = randomNormal(n, using: &generator)
        let largest = (try? matrix.eigenvalues())?.map(\.magnitude).max() ?? 0
        // A draw whose eigenvalues are all but zero, or were not found, is drawn again.
        if largest > 1e-6 { return Matrix(rows: n, columns: n) { matrix[$0, $1] * (radius / largest) } }
    }
}
