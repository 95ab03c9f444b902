import LinearAlgebra

/// How a network's parameters are drawn. Draws are made in double precision, so that a `Float` and
/// a `Double` network of one seed agree to rounding.
public enum Initialiser: String, CaseIterable, Sendable {
    /// Everything, biases included, uniform on ±1/√H. PyTorch's default.
    case uniform
    /// Weights uniform on ±√(6 / (rows + columns)), biases 0 (Glorot and Bengio 2010).
    case glorot
    /// As `glorot`, but W_s a random orthogonal matrix (Saxe, McClelland, Ganguli 2014).
    case orthogonal
    /// As `glorot`, but W_s the identity (Le, Jaitly, Hinton 2015).
    case identity

    func draw<S: Scalar>(
        _ configuration: ElmanConfiguration, using generator: inout RandomGenerator
    ) -> Parameters<S> {
        var parameters = Parameters<S>(layout: ParameterLayout(configuration))
        for part in parameters.layout.parts {
            parameters[part.name] = drawPart(part, stateWidth: configuration.stateWidth, using: &generator)
        }
        return parameters
    }

    private func drawPart<S: Scalar>(
        _ part: ParameterLayout.Part, stateWidth: Int, using generator: inout RandomGenerator
    ) -> Matrix<S> {
        func uniform(within bound: Double) -> Matrix<S> {
            Matrix(rows: part.rows, columns: part.columns) { _, _ in S(generator.uniform(within: bound)) }
        }
        switch (self, part.name) {
        case (.uniform, _): return uniform(within: 1 / Double(stateWidth).squareRoot())
        case (_, .stateBias), (_, .outputBias): return Matrix(rows: 1, columns: part.columns)
        case (.identity, .stateWeights): return .identity(part.rows)
        case (.orthogonal, .stateWeights): return randomOrthogonal(part.rows, using: &generator)
        default: return uniform(within: (6 / Double(part.rows + part.columns)).squareRoot())
        }
    }
}

/// An orthogonal matrix drawn uniformly: Q of the QR factorisation of a normal matrix, each column
/// given the sign of R's diagonal (Mezzadri 2007).
private func randomOrthogonal<S: Scalar>(
    _ n: Int, using generator: inout RandomGenerator
) -> Matrix<S> {
    let normal = Matrix<Double>(rows: n, columns: n) { _, _ in generator.normal() }
    guard let (q, r) = try? normal.qr() else {
        preconditionFailure("a matrix of finite normal draws has a QR factorisation")
    }
    return Matrix(rows: n, columns: n) { S(r[$1, $1] < 0 ? -q[$0, $1] : q[$0, $1]) }
}
