import RecurrentLinearAlgebra

// Losses of whole sequences, whose gradient by the outputs is known only when all outputs are.
extension Unfolding {
    /// A pass with an objective of whole sequences, forwards and back: the outputs, E and ∂E/∂a, then that gradient taken
    /// back. The forward pass is made twice.
    func differentiateSequences(
        _ pass: UnfoldingPass<S>, _ objective: Objective<S>
    ) throws(PassError) -> Double {
        let (loss, gradient) = try evaluateSequences(pass, objective)
        var given = pass
        given.objective = Objective(
            givenGradient: gradient, by: .activations, on: pass.batch, for: configuration)
        _ = try differentiate(given)
        return loss
    }

    /// E and ∂E/∂a, T·B × O, zero at padding.
    func evaluateSequences(
        _ pass: UnfoldingPass<S>, _ objective: Objective<S>
    ) throws(PassError) -> (loss: Double, gradient: Matrix<S>) {
        var forward = pass
        (forward.objective, forward.appliesOutputFunction) = (nil, false)
        let network = RecurrentNetwork(configuration, parameters: pass.parameters)
        var result = ForwardPass(for: pass.batch, network)
        try self.forward(forward, into: &result)
        let a = result.outputs
        var gradient = Matrix<S>(rows: a.rows, columns: a.columns)
        let loss = gradient.withMutableView { gradient in
            a.withView { a in
                let work = LabelWork(objective, a: a, gradient: gradient)
                share(work, items: pass.batch.sequences)
                return work.loss
            }
        }
        return (loss, gradient)
    }
}

/// The losses of a batch's sequences; an item is a sequence.
private final class LabelWork<S: Scalar>: ParallelWork {
    private let objective: Objective<S>
    private let (a, gradient): (MatrixView<S>, MutableMatrixView<S>)
    private let rows: [Int]
    private let losses: AlignedBuffer<Double>

    init(_ objective: Objective<S>, a: MatrixView<S>, gradient: MutableMatrixView<S>) {
        (self.objective, self.a, self.gradient) = (objective, a, gradient)
        rows = objective.firstRows
        losses = AlignedBuffer(count: rows.count)
    }

    /// E, summed in the order of the batch.
    var loss: Double { losses.elements.reduce(0, +) }

    @specialized(where S == Double)
    @specialized(where S == Float)
    package func work(on item: Int) {
        guard let blank = objective.loss.blank else { return }
        losses.vector[item] = objective.evaluate(
            sequence: item, row: rows[item], blank: blank, a: a, gradient: gradient)
    }
}
