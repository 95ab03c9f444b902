import RecurrentLinearAlgebra

/// A function to be minimised.
package protocol DifferentiableFunction<Number> {
    associatedtype Number: Scalar

    /// E(θ); ∂E/∂θ is written into `gradient`. Either may come out NaN or infinite.
    mutating func evaluate(
        at parameters: Parameters<Number>, into gradient: inout Parameters<Number>
    ) throws(TrainingError) -> Double
}

/// The loss of a network on one batch.
struct NetworkLoss<S: Scalar>: DifferentiableFunction {
    private var network: RecurrentNetwork<S>
    /// Stands in the network while it is not at work, so that the parameters at hand have a single owner
    /// and are changed in place.
    private let placeholder: Parameters<S>
    private let unfolding: Unfolding<S>
    private let batch: SequenceBatch<S>
    private let objective: Objective<S>
    private let initialState: Matrix<S>?

    init(
        _ network: RecurrentNetwork<S>, placeholder: Parameters<S>, in unfolding: Unfolding<S>,
        on batch: SequenceBatch<S>, _ objective: Objective<S>, from initialState: Matrix<S>?
    ) {
        self.network = network
        self.network.parameters = placeholder
        self.placeholder = placeholder
        self.unfolding = unfolding
        self.batch = batch
        self.objective = objective
        self.initialState = initialState
    }

    mutating func evaluate(
        at parameters: Parameters<S>, into gradient: inout Parameters<S>
    ) throws(TrainingError) -> Double {
        network.parameters = parameters
        defer { network.parameters = placeholder }
        do throws(MemoryError) {
            let loss = try unfolding.lossAndGradient(of: network, on: batch, objective, from: initialState)
            gradient.mutableVector.copy(from: unfolding.gradient.vector)
            return loss
        } catch {
            throw .memory(error)
        }
    }
}

/// A point θ + t d on a line, E there, its derivative by t and its gradient.
struct LinePoint<S: Scalar> {
    var t = 0.0
    var loss = 0.0
    var slope = 0.0
    var gradient: Parameters<S>
}

/// The search along a direction d for a point that satisfies the strong Wolfe conditions
///
///     E(θ + t d) ≤ E(θ) + c₁ t gᵀd,    |∇E(θ + t d)ᵀ d| ≤ c₂ |gᵀd|
///
/// A point whose loss, gradient or parameters are not finite counts as infinitely high.
struct LineSearch<S: Scalar> {
    private static var c1: Double { 1e-4 }
    private static var c2: Double { 0.9 }
    /// How often a search may try another point.
    private static var limit: Int { 25 }

    /// E, g and d where the search begins, and gᵀd.
    private(set) var loss = 0.0
    private(set) var gradient: Parameters<S>
    var direction: Parameters<S>
    private var slope = 0.0

    /// The ends of the bracket, the lower first: at last the point that was found.
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

    /// Evaluates the function where the first search begins; returns the norm of its gradient.
    mutating func begin<F: DifferentiableFunction>(
        _ function: inout F, at parameters: Parameters<S>
    ) throws(TrainingError) -> S where F.Number == S {
        loss = try function.evaluate(at: parameters, into: &gradient)
        return try finiteNorm(of: gradient, loss: loss)
    }

    mutating func measureSlope() { slope = Double(dot(gradient.vector, direction.vector)) }

    var leadsDown: Bool { slope < 0 && slope.isFinite && direction.isFinite }

    /// Where nothing is known of the curvature: min(1, 1 / ‖g‖₁).
    var shortFirstStep: Double { min(1, 1 / gradient.elements.reduce(0) { $0 + Double($1.magnitude) }) }

    /// Searches from `start` on; returns whether `low` is now a point with a lower loss.
    mutating func run<F: DifferentiableFunction>(
        _ function: inout F, from start: Parameters<S>, firstStep: Double
    ) throws(TrainingError) -> Bool where F.Number == S {
        (low.t, low.loss, low.slope, tries) = (0, loss, slope, 0)
        try evaluate(&function, from: start, at: firstStep)
        if try bracket(&function, from: start) { try zoom(&function, from: start) }
        return low.t > 0 && low.loss <= loss
    }

    /// Takes θ + t d as the new beginning.
    mutating func finish(_ parameters: inout Parameters<S>) {
        axpy(S(low.t), direction.vector, into: parameters.mutableVector)
        loss = low.loss
        swap(&gradient, &low.gradient)
    }

    /// Goes outwards until the bracket `low`–`high` holds what is searched (algorithm 3.5). Returns false if
    /// nothing is left to be done: `low` satisfies the conditions, or the tries are used up.
    private mutating func bracket<F: DifferentiableFunction>(
        _ function: inout F, from start: Parameters<S>
    ) throws(TrainingError) -> Bool where F.Number == S {
        while tries < Self.limit {
            let isHigh = trial.loss > highest(at: trial.t) || tries > 1 && trial.loss >= low.loss
            if !isHigh && isFlat(trial) {
                swap(&low, &trial)
                return false
            }
            if isHigh || trial.slope >= 0 { break }
            let furthest = (trial.t + 0.01 * (trial.t - low.t), trial.t * 10)
            let next = minimumOfCubic(low, trial, within: furthest)
            swap(&low, &trial)
            try evaluate(&function, from: start, at: next)
            tries += 1
        }
        swap(&high, &trial)
        if high.loss < low.loss { swap(&low, &high) }
        return tries < Self.limit
    }

    /// Narrows the bracket until `low` satisfies the conditions (algorithm 3.6).
    private mutating func zoom<F: DifferentiableFunction>(
        _ function: inout F, from start: Parameters<S>
    ) throws(TrainingError) where F.Number == S {
        var wasNearAnEnd = false
        while tries < Self.limit {
            let ends = (min(low.t, high.t), max(low.t, high.t))
            guard ends.1 - ends.0 > 1e-9 * ends.1 else { return }
            var t = minimumOfCubic(low, high, within: ends)
            // A point close to an end is allowed once; after that a tenth of the bracket is kept away.
            let margin = 0.1 * (ends.1 - ends.0)
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

    /// Where the cubic through losses and slopes of two points has its minimum, or the middle of the bounds
    /// if it has none (Nocedal and Wright, equation 3.59).
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
