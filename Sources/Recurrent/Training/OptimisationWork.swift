import RecurrentLinearAlgebra

/// The update of all parameters, in items that any worker may take.
final class OptimisationWork<S: Scalar>: ParallelWork, @unchecked Sendable {
    // Unchecked: an optimiser uses it only while it holds the single reference, and only within one call; the workers
    // read values that are set before they begin.

    private static var size: Int { Tuning.elementsOfAnUpdate }

    private var step: OptimisationStep<S>?
    private var parameters: MutableVectorView<S>?
    private var gradient: VectorView<S>?
    private var moments: (first: MutableVectorView<S>?, second: MutableVectorView<S>?)

    /// Updates `parameters` and moments, on the workers of `unfolding` if there are many. An element's result depends on
    /// that element alone, so it has the same bits on any number of workers.
    func run(
        _ step: OptimisationStep<S>, _ parameters: MutableVectorView<S>, along gradient: VectorView<S>,
        _ first: MutableVectorView<S>?, _ second: MutableVectorView<S>?, on unfolding: Unfolding<S>?
    ) {
        (self.step, self.parameters, self.gradient) = (step, parameters, gradient)
        moments = (first, second)
        defer { (self.step, self.parameters, self.gradient, moments) = (nil, nil, nil, (nil, nil)) }
        let items = (parameters.count + Self.size - 1) / Self.size
        if let unfolding, items >= Tuning.fewestSharedUpdates {
            return unfolding.share(self, items: items)
        }
        for item in 0..<items { work(on: item) }
    }

    package func work(on item: Int) {
        guard let step, let parameters, let gradient else { return }
        let range = item * Self.size..<min((item + 1) * Self.size, parameters.count)
        step.apply(
            to: parameters.elements(range), along: gradient.elements(range),
            moments.first?.elements(range), moments.second?.elements(range))
    }
}
