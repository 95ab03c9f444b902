// One step of each optimiser over the elements of a vector x, in one pass over x, its gradient g and the moments.
// With `decay` λ, g stands for g + λ x. An element's result depends on that element only, so the vectors may be
// cut anywhere. Overflow is not detected. All vectors have the same number of elements and an increment of 1, and
// share no memory.

extension MutableVectorView {
    /// x ← x − η g.
    package func descend(along g: VectorView<Element>, rate: Element, decay: Element) {
        requireStep(self, g)
        unsafe Element._optimiseSGD(base, g.base, count, rate, decay)
    }

    /// v ← μ v + g,  x ← x − η (own · g + carried · v).
    package func descend(
        along g: VectorView<Element>, velocity v: MutableVectorView, rate: Element, decay: Element,
        momentum: Element, own: Element, carried: Element
    ) {
        requireStep(self, g, v)
        unsafe Element._optimiseMomentum(
            base, g.base, v.base, count, rate, decay, momentum, own, carried)
    }

    /// s ← s + g²,  x ← x − η g / (√s + ε).
    package func descend(
        along g: VectorView<Element>, squareSum s: MutableVectorView, rate: Element, decay: Element,
        epsilon: Element
    ) {
        requireStep(self, g, s)
        unsafe Element._optimiseAdagrad(base, g.base, s.base, count, rate, decay, epsilon)
    }

    /// s ← kept · s + added · g²,  x ← x − η g / (√s + ε).
    package func descend(
        along g: VectorView<Element>, squareMean s: MutableVectorView, rate: Element, decay: Element,
        kept: Element, added: Element, epsilon: Element
    ) {
        requireStep(self, g, s)
        unsafe Element._optimiseRMSProp(base, g.base, s.base, count, rate, decay, kept, added, epsilon)
    }

    /// s ← kept · s + added · g²,  v ← μ v + g / (√s + ε),  x ← x − η v.
    package func descend(
        along g: VectorView<Element>, squareMean s: MutableVectorView, velocity v: MutableVectorView,
        rate: Element, decay: Element, kept: Element, added: Element, epsilon: Element,
        momentum: Element
    ) {
        requireStep(self, g, s, v)
        unsafe Element._optimiseRMSPropMomentum(
            base, g.base, s.base, v.base, count, rate, decay, kept, added, epsilon, momentum)
    }

    /// m ← m + meanAdded (g − m),  s ← kept · s + added · g²,  x ← shrink · x − η m / (√s · scale + ε).
    package func descend(
        along g: VectorView<Element>, mean m: MutableVectorView, squareMean s: MutableVectorView,
        rate: Element, decay: Element, shrink: Element, meanAdded: Element, kept: Element,
        added: Element, scale: Element, epsilon: Element
    ) {
        requireStep(self, g, m, s)
        unsafe Element._optimiseAdam(
            base, g.base, m.base, s.base, count, rate, decay, shrink, meanAdded, kept, added, scale,
            epsilon)
    }
}
