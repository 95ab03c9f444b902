import RecurrentLinearAlgebra

/// The last steps s_k = θ_{k+1} − θ_k of L-BFGS, and the changes of the gradient y_k = g_{k+1} − g_k.
struct CurvatureHistory<S: Scalar> {
    private struct Pair {
        var step: Parameters<S>
        var change: Parameters<S>
        /// 1 / yᵀs
        var inverse: S = 0
        /// yᵀs / yᵀy
        var scale: S = 0
        /// α of the two loops.
        var share: S = 0
    }

    let size: Int
    /// A ring: once it is full, the next pair replaces the oldest.
    private var pairs: [Pair] = []
    private var next = 0
    private var spare: Pair?

    init(size: Int) { self.size = size }

    var isEmpty: Bool { pairs.isEmpty }

    mutating func forget() {
        pairs.removeAll(keepingCapacity: true)
        next = 0
    }

    /// d = −H g, by the two loops of algorithm 7.4.
    mutating func direct(_ search: inout LineSearch<S>) {
        let d = search.direction.mutableVector
        d.fill(0)
        axpy(-1, search.gradient.vector, into: d)
        for age in 0..<pairs.count {
            let k = place(age: age)
            pairs[k].share = pairs[k].inverse * dot(pairs[k].step.vector, d.readOnly)
            axpy(-pairs[k].share, pairs[k].change.vector, into: d)
        }
        if !isEmpty { d.scale(by: pairs[place(age: 0)].scale) }
        for age in (0..<pairs.count).reversed() {
            let k = place(age: age)
            let beta = pairs[k].inverse * dot(pairs[k].change.vector, d.readOnly)
            axpy(pairs[k].share - beta, pairs[k].step.vector, into: d)
        }
        search.measureSlope()
    }

    /// The index of the pair that is `age` steps older than the newest.
    private func place(age: Int) -> Int { (next - 1 - age + pairs.count) % pairs.count }

    /// Adds the step from the search's beginning to its end, unless its curvature is only rounding.
    mutating func remember(_ search: LineSearch<S>) {
        let layout = search.layout
        var pair = spare.take() ?? Pair(step: Parameters(layout: layout), change: Parameters(layout: layout))
        let (s, y) = (pair.step.mutableVector, pair.change.mutableVector)
        s.copy(from: search.direction.vector)
        s.scale(by: S(search.low.t))
        y.copy(from: search.low.gradient.vector)
        axpy(-1, search.gradient.vector, into: y)
        let (curvature, square) = (dot(y.readOnly, s.readOnly), dot(y.readOnly, y.readOnly))
        (pair.inverse, pair.scale) = (1 / curvature, curvature / square)
        guard curvature > S.ulpOfOne * s.readOnly.norm * y.readOnly.norm, pair.inverse.isFinite,
            pair.scale.isFinite, pair.scale > 0
        else {
            spare = pair
            return
        }
        if pairs.count < size {
            pairs.append(pair)
        } else {
            swap(&pairs[next], &pair)
            spare = pair
        }
        next = (next + 1) % size
    }
}
