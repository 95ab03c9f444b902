import RecurrentLinearAlgebra

/// The update of all parameters, in items that any worker may take.
final class OptimisationWork<S: Scalar>: ParallelWork, @unchecked Sendable {
    // Unchecked: an optimiser uses it only while it holds the single reference, and only within one call; the workers
    // read values that are set before they begin.

    private static var size: Int { Tuning.elementsOfAnUpdate }

    private var step: OptimisationStep<S>?
    private var groups: (runs: LearningRuns, steps: [OptimisationStep<S>])?
    private var parameters: MutableVectorView<S>?
    private var gradient: VectorView<S>?
    /// The gradient and the factor that clips it.
    typealias Scaling = (gradient: MutableVectorView<S>, factor: S)
    private var scaling: Scaling?
    private var moments: (first: MutableVectorView<S>?, second: MutableVectorView<S>?)

    /// Updates `parameters` and moments, on the workers of `unfolding` if there are many. An element's result depends on
    /// that element alone, so it has the same bits on any number of workers.
    ///
    /// - Parameters:
    ///   - groups: where parameters learn in ways of their own, and the step of each; `step` is for all without.
    ///   - scaling: clips the gradient, which is then that of the step.
    func run(
        _ step: OptimisationStep<S>, _ groups: (runs: LearningRuns, steps: [OptimisationStep<S>])?,
        _ parameters: MutableVectorView<S>, along gradient: VectorView<S>,
        _ first: MutableVectorView<S>?, _ second: MutableVectorView<S>?, on unfolding: Unfolding<S>?,
        scaling: Scaling?
    ) {
        (self.step, self.groups, self.parameters, self.gradient) = (step, groups, parameters, gradient)
        (moments, self.scaling) = ((first, second), scaling)
        defer {
            (self.step, self.groups, self.parameters, self.gradient) = (nil, nil, nil, nil)
            (moments, self.scaling) = ((nil, nil), nil)
        }
        let items = (parameters.count + Self.size - 1) / Self.size
        if let unfolding, items >= Tuning.fewestSharedUpdates {
            return unfolding.share(self, items: items)
        }
        for item in 0..<items { work(on: item) }
    }

    package func work(on item: Int) {
        guard let step, let parameters, let gradient else { return }
        let range = item * Self.size..<min((item + 1) * Self.size, parameters.count)
        if let scaling { scaling.gradient.elements(range).scale(by: scaling.factor) }
        guard let groups else { return apply(step, parameters, gradient, range) }
        groups.runs.forEach(within: range) { apply(groups.steps[$1], parameters, gradient, $0) }
    }

    private func apply(
        _ step: OptimisationStep<S>, _ parameters: MutableVectorView<S>, _ gradient: VectorView<S>,
        _ range: Range<Int>
    ) {
        step.apply(
            to: parameters.elements(range), along: gradient.elements(range),
            moments.first?.elements(range), moments.second?.elements(range))
    }
}
