import RecurrentLinearAlgebra

/// The output of one step, for an `OwnLoss`, and the place for its gradient. Valid only while the closure runs.
public struct LossRow<S: Scalar> {
    let rows: LossRows<S>
    let number: Int

    /// y_t or a_t.
    public var outputs: VectorView<S> { rows.outputs.row(number) }
    /// The place for ∂E_t/∂y_t or ∂E_t/∂a_t; zeros before.
    public var gradient: MutableVectorView<S> { rows.gradient.row(number) }
    /// The sequence that the step belongs to; see `LossRows`.
    public var sequence: Int { rows.sequence(number) }
    /// The step, counted from 0; see `LossRows`.
    public var step: Int { rows.step(number) }
    /// The class; a precondition is that targets are classes.
    public var targetClass: Int { rows.targetClass(number) }
    /// The values of the target; a precondition is that targets are values.
    public var targets: LossTargets<S> { rows.targets(number) }
}
