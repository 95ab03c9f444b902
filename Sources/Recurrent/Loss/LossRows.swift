import RecurrentLinearAlgebra

/// Outputs of some steps, for an `OwnLoss`, and the place for its gradient. Valid only while the closure runs.
public struct LossRows<S: Scalar> {
    /// y_t or a_t, a row for each step: rows × O.
    public let outputs: MatrixView<S>
    /// The place for w ∂E_t/∂y_t or w ∂E_t/∂a_t, rows × O; zeros before.
    public let gradient: MutableMatrixView<S>
    let allTargets: Targets<S>
    let places: ArraySlice<Int32>
    let weights: VectorView<S>
    let origin: RowOrigins.Slice

    public var count: Int { outputs.rows }

    /// The sequence that a row belongs to: its index in the data set of a trainer, otherwise in the batch; of streams
    /// the number of the stream.
    public func sequence(_ row: Int) -> Int { origin.sequence(row) }

    /// The step of the sequence, or of the stream, that a row belongs to, counted from 0; the last one of a network with
    /// one output a sequence.
    public func step(_ row: Int) -> Int { origin.step(row) }

    /// w, the factor of E_t, reduction included; 0 for a step without a loss.
    public func weight(_ row: Int) -> S { weights[row] }

    /// The class of a row.
    ///
    /// - Precondition: targets are classes.
    public func targetClass(_ row: Int) -> Int {
        guard case .classes(let classes) = allTargets else {
            unreachable("the targets are no classes")
        }
        return Int(classes[place(row)])
    }

    /// The values of a row's target, of any width; none without targets.
    ///
    /// - Precondition: targets are values.
    public func targets(_ row: Int) -> LossTargets<S> {
        guard case .values(let values) = allTargets else { unreachable("the targets are no values") }
        return LossTargets(values: values, row: values.rows == 0 ? 0 : place(row))
    }

    /// One of the rows by itself.
    public func row(_ row: Int) -> LossRow<S> { LossRow(rows: self, number: row) }

    private func place(_ row: Int) -> Int { Int(places[places.startIndex + row]) }
}
