import RecurrentLinearAlgebra

/// The search along a direction d for a point that satisfies the strong Wolfe conditions
///
///     E(θ + t d) ≤ E(θ) + c₁ t gᵀd,    |∇E(θ + t d)ᵀ d| ≤ c₂ |gᵀd|
///
/// A point whose loss, gradient or parameters are not finite counts as infinitely high.
struct LineSearch<S: Scalar> {
    // The numbers of torch.optim.LBFGS, whose iterates these are.
    private static var c1: Double { 1e-4 }
    private static var c2: Double { 0.9 }
    /// The most points that a search tries after the first.
    private static var mostTries: Int { 25 }
    /// The least and the most that the bracket grows by: a hundredth of the last growth, and tenfold.
    private static var growth: (least: Double, most: Double) { (0.01, 10) }
    /// The share of the bracket that a second point in a row keeps away from its ends.
    private static var margin: Double { 0.1 }
    /// The width of the bracket, relative to its far end, at which the search stops: 1e-9 there is absolute, here it
    /// depends on no scale.
    private static var narrowest: Double { 1e-9 }

    /// E, g and d at the beginning of the search, and gᵀd.
    private(set) var loss = 0.0
    private(set) var gradient: Parameters<S>
    var direction: Parameters<S>
    private var slope = 0.0

    /// The ends of the bracket, the lower one first; at the end of the search it is the point that was found.
    private(set) var low: LinePoint<S>
    private var high: LinePoint<S>
    private var trial: LinePoint<S>
    private var point: Parameters<S>
    private var tries = 0

    init(layout: ParameterLayout) {
        (gradient, direction, point) = (
            Parameters(layout: layout), Parameters(layout: layout), Parameters(layout: layout)
        )
        low = LinePoint(gradient: Parameters(layout: layout))
        high = LinePoint(gradient: Parameters(layout: layout))
        trial = LinePoint(gradient: Parameters(layout: layout))
    }

    var layout: ParameterLayout { gradient.layout }

    /// Evaluates the function at the beginning of the first search; returns the norm of its gradient.
    mutating func begin<F: DifferentiableFunction>(
        _ function: inout F, at parameters: Parameters<S>
    ) throws(TrainingError) -> S where F.Number == S {
        loss = try function.evaluate(at: parameters, into: &gradient)
        return try gradient.finiteNorm(loss: loss)
    }

    mutating func measureSlope() { slope = Double(dot(gradient.vector, direction.vector)) }

    var leadsDown: Bool { slope < 0 && slope.isFinite && direction.isFinite }

    /// The first step if nothing is known of the curvature: min(1, 1 / ‖g‖₁).
    var shortFirstStep: Double { min(1, 1 / gradient.elements.reduce(0) { $0 + Double($1.magnitude) }) }

    /// Searches from `start`; returns true if `low` is now a point with a lower loss.
    mutating func run<F: DifferentiableFunction>(
        _ function: inout F, from start: Parameters<S>, firstStep: Double
    ) throws(TrainingError) -> Bool where F.Number == S {
        (low.t, low.loss, low.slope, tries) = (0, loss, slope, 0)
        try evaluate(&function, from: start, at: firstStep)
        if try bracket(&function, from: start) { try zoom(&function, from: start) }
        return low.t > 0 && low.loss <= loss
    }

    /// Moves the beginning to θ + t d.
    mutating func finish(_ parameters: inout Parameters<S>) {
        axpy(S(low.t), direction.vector, into: parameters.mutableVector)
        loss = low.loss
        swap(&gradient, &low.gradient)
    }

    /// Moves outwards until the bracket `low`–`high` holds a point that satisfies the conditions (algorithm 3.5). Returns
    /// false if the search is over: `low` satisfies them, or the tries are used up.
    private mutating func bracket<F: DifferentiableFunction>(
        _ function: inout F, from start: Parameters<S>
    ) throws(TrainingError) -> Bool where F.Number == S {
        while tries < Self.mostTries {
            let isHigh = trial.loss > highest(at: trial.t) || tries > 1 && trial.loss >= low.loss
            if !isHigh && isFlat(trial) {
                swap(&low, &trial)
                return false
            }
            if isHigh || trial.slope >= 0 { break }
            let bounds = (trial.t + Self.growth.least * (trial.t - low.t), trial.t * Self.growth.most)
            let next = minimumOfCubic(low, trial, within: bounds)
            swap(&low, &trial)
            try evaluate(&function, from: start, at: next)
            tries += 1
        }
        swap(&high, &trial)
        if high.loss < low.loss { swap(&low, &high) }
        return tries < Self.mostTries
    }

    /// Narrows the bracket until `low` satisfies the conditions (algorithm 3.6).
    private mutating func zoom<F: DifferentiableFunction>(
        _ function: inout F, from start: Parameters<S>
    ) throws(TrainingError) where F.Number == S {
        var wasNearAnEnd = false
        while tries < Self.mostTries {
            let ends = (min(low.t, high.t), max(low.t, high.t))
            guard ends.1 - ends.0 > Self.narrowest * ends.1 else { return }
            var t = minimumOfCubic(low, high, within: ends)
            let margin = Self.margin * (ends.1 - ends.0)
            let isNearAnEnd = min(ends.1 - t, t - ends.0) < margin
            let isTooNear = isNearAnEnd && (wasNearAnEnd || t >= ends.1 || t <= ends.0)
            if isTooNear { t = ends.1 - t < t - ends.0 ? ends.1 - margin : ends.0 + margin }
            wasNearAnEnd = isNearAnEnd && !isTooNear

            try evaluate(&function, from: start, at: t)
            tries += 1
            if trial.loss > highest(at: t) || trial.loss >= low.loss {
                swap(&high, &trial)
                if high.loss < low.loss { swap(&low, &high) }
                continue
            }
            let isDone = isFlat(trial)
            if !isDone && trial.slope * (high.t - low.t) >= 0 { swap(&high, &low) }
            swap(&low, &trial)
            if isDone { return }
        }
    }

    private mutating func evaluate<F: DifferentiableFunction>(
        _ function: inout F, from start: Parameters<S>, at t: Double
    ) throws(TrainingError) where F.Number == S {
        point.mutableVector.copy(from: start.vector)
        axpy(S(t), direction.vector, into: point.mutableVector)
        trial.t = t
        trial.loss = try function.evaluate(at: point, into: &trial.gradient)
        trial.slope = Double(dot(trial.gradient.vector, direction.vector))
        if !trial.loss.isFinite || !trial.slope.isFinite || !trial.gradient.isFinite || !point.isFinite {
            (trial.loss, trial.slope) = (.infinity, 0)
        }
    }

    /// The highest loss that the first condition allows.
    private func highest(at t: Double) -> Double { loss + Self.c1 * t * slope }

    /// The second condition.
    private func isFlat(_ point: LinePoint<S>) -> Bool { point.slope.magnitude <= -Self.c2 * slope }

    /// The minimum of the cubic through losses and slopes of two points, or the middle of the bounds if the cubic has none
    /// (Nocedal and Wright, equation 3.59).
    private func minimumOfCubic(
        _ a: LinePoint<S>, _ b: LinePoint<S>, within bounds: (Double, Double)
    ) -> Double {
        let (x, y) = a.t <= b.t ? (a, b) : (b, a)
        let d1 = x.slope + y.slope - 3 * (x.loss - y.loss) / (x.t - y.t)
        let square = d1 * d1 - x.slope * y.slope
        guard square >= 0 else { return (bounds.0 + bounds.1) / 2 }
        let d2 = square.squareRoot()
        let t = y.t - (y.t - x.t) * ((y.slope + d2 - d1) / (y.slope - x.slope + 2 * d2))
        return t.isFinite ? min(max(t, bounds.0), bounds.1) : (bounds.0 + bounds.1) / 2
    }
}
