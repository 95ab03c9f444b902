import RecurrentLinearAlgebra

/// A loss of the caller's own: E of the outputs of single steps, and its gradient, as a closure. <doc:Losses> has an
/// example.
///
/// An `Objective` or a `Trainer` is made with it. Several workers may call the closure at once, each with rows of its
/// own: it must not write what it shares. Which rows come together, and in which order, is of no meaning; a loss that
/// compares steps with one another is for `Unfolding.gradient(outputGradient:)`.
///
/// Cost: memory for the gradient of a chunk of rows at each call, and what the closure costs.
public struct OwnLoss<S: Scalar>: Sendable {
    /// What a loss is computed from.
    public enum Argument: Sendable {
        /// y_t; the gradient is ∂E/∂y_t.
        case outputs
        /// a_t, before the output function; the gradient is ∂E/∂a_t. Losses with a logarithm of a softmax or sigmoid
        /// are exact that way only.
        case activations
    }

    /// The name by which settings and checkpoints know the loss.
    public let name: String
    public let argument: Argument
    private let body: @Sendable (LossRows<S>) -> Double

    /// A loss of each row by itself. Weights, masks and reduction are the engine's business.
    ///
    /// - Parameters:
    ///   - name: what settings and checkpoints call it.
    ///   - argument: y_t by default.
    ///   - eachRow: writes ∂E_t/∂y_t, or ∂E_t/∂a_t, into `gradient`, which is zero before, and returns E_t. Rows of
    ///     weight 0 are left out.
    public init(
        _ name: String, of argument: Argument = .outputs,
        eachRow: @escaping @Sendable (LossRow<S>) -> Double
    ) {
        self.init(name, argument) { rows in
            var sum = 0.0
            for row in 0..<rows.count where rows.weight(row) != 0 {
                let (weight, gradient) = (rows.weight(row), rows.gradient.row(row))
                sum += Double(weight) * eachRow(rows.row(row))
                for column in 0..<gradient.count { gradient[column] *= weight }
            }
            return sum
        }
    }

    /// A loss of many rows at once, for closures that are faster that way.
    ///
    /// - Parameters:
    ///   - name: what settings and checkpoints call it.
    ///   - argument: y_t by default.
    ///   - body: writes w_r ∂E_r/∂y_r, or w_r ∂E_r/∂a_r, for every row r into `gradient`, which is zero before, and
    ///     returns Σ w_r E_r, with w_r = `weight(r)`.
    public static func ofManyRows(
        _ name: String, of argument: Argument = .outputs,
        _ body: @escaping @Sendable (LossRows<S>) -> Double
    ) -> OwnLoss {
        OwnLoss(name, argument, body)
    }

    private init(
        _ name: String, _ argument: Argument, _ body: @escaping @Sendable (LossRows<S>) -> Double
    ) {
        (self.name, self.argument, self.body) = (name, argument, body)
    }

    /// E of some rows, from a_t, which ∂E/∂a_t then replaces.
    func evaluate(
        inPlaceOf a: MutableMatrixView<S>, through output: OutputFunction, targets: Targets<S>,
        at places: ArraySlice<Int32>, weights: VectorView<S>, of origin: RowOrigins.Slice
    ) -> Double {
        let buffer = AlignedBuffer<S>(count: a.rows * a.columns)
        let gradient = buffer.view(rows: a.rows, columns: a.columns)
        if argument == .outputs { output.apply(to: a) }
        let loss = body(
            LossRows(
                outputs: a.readOnly, gradient: gradient, allTargets: targets, places: places,
                weights: weights,
                origin: origin))
        for row in 0..<a.rows where weights[row] == 0 { gradient.rows(row..<row + 1).fill(0) }
        if argument == .outputs { output.multiplyByDerivative(gradient, at: a.readOnly) }
        a.copy(from: gradient.readOnly)
        return loss
    }
}

extension Objective {
    /// An objective whose gradient by y_t or a_t is given, time-major or a row for each sequence, of the outputs' shape. E is
    /// 0.
    init(
        givenGradient gradient: Matrix<S>, by argument: OwnLoss<S>.Argument, on batch: SequenceBatch<S>,
        for configuration: NetworkConfiguration
    ) {
        let (isPooled, sequences) = (configuration.isPooled, batch.sequences)
        let rows = batch.layout.targetRows(isPooled: isPooled)
        let given = OwnLoss<S>.ofManyRows("given", of: argument) { rows in
            gradient.withView { gradient in
                for row in 0..<rows.count {
                    let place = rows.sequence(row) + (isPooled ? 0 : rows.step(row) * sequences)
                    rows.gradient.rows(row..<row + 1).copy(from: gradient.rows(place..<place + 1))
                }
            }
            return 0
        }
        self.init(
            .own(given.name), .values(Matrix(rows: 0, columns: 0)), at: rows.places,
            rowWeights: Matrix(rows: 1, columns: rows.count) { _, _ in 1 }, batch.layout, for: configuration,
            own: (given, RowOrigins(rows)))
    }
}

extension OutputFunction {
    /// δ ← δ ∂y/∂a by rows, for y = σ(a).
    fileprivate func multiplyByDerivative<S: Scalar>(_ δ: MutableMatrixView<S>, at y: MatrixView<S>) {
        switch self {
        case .linear: break
        case .softmax: δ.multiplyBySoftmaxDerivative(at: y)
        case .sigmoid: δ.multiplyBySigmoidDerivative(at: y)
        }
    }
}
