import RecurrentLinearAlgebra

/// L-BFGS: minimisation of the loss of one batch that holds all data, for small problems.
///
/// Each iteration goes along d = −H g, H being the inverse Hessian as the last `historySize` steps show it
/// (Nocedal and Wright, "Numerical optimization", 2006, algorithm 7.4), to a point that satisfies the strong Wolfe
/// conditions with c₁ = 1e-4 and c₂ = 0.9 (algorithms 3.5 and 3.6). Bracketing and interpolation are those of
/// torch.optim.LBFGS with `line_search_fn="strong_wolfe"`, and so are the iterates, to rounding. Other than there, a
/// step whose curvature is only rounding is forgotten by a relative measure, and nothing stops at an absolute
/// tolerance: whether the loss is low enough is the caller's to say.
///
/// A value. It holds 2 · `historySize` + 8 numbers for each parameter, made in the first iterations; further ones
/// take no memory.
public struct LBFGS<S: Scalar>: Sendable {
    public let historySize: Int
    /// The iterations done so far.
    public private(set) var stepCount = 0
    private var history: CurvatureHistory<S>
    private var search: LineSearch<S>?
    private let placeholder = Parameters<S>(
        layout: ParameterLayout(NetworkConfiguration(inputWidth: 1, stateWidth: 1, outputWidth: 1)))

    /// - Parameter historySize: how many steps are remembered; 10 by default.
    /// - Precondition: `historySize` is at least 1.
    public init(historySize: Int = 10) {
        requireSettings(historySize >= 1 ? nil : "a history of \(historySize) steps is too short")
        self.historySize = historySize
        history = CurvatureHistory(size: historySize)
    }

    /// One iteration or more on the loss of a batch, the same in every call.
    ///
    /// - Parameters:
    ///   - network: changed in place.
    ///   - unfolding: the memory to work in, made for the network's configuration.
    ///   - batch: the sequences.
    ///   - objective: loss and targets, made for this batch.
    ///   - initialState: s_0, B × H; by default the network's own, or zero.
    ///   - iterations: 1 by default. Each evaluates loss and gradient at least once, mostly once, at most
    ///     26 times; a call evaluates them once more at its beginning.
    /// - Returns: loss and norm of the gradient at the beginning. Iterations end early where no lower loss is found:
    ///   at a minimum, as far as rounding lets it be seen.
    /// - Throws: `TrainingError` if loss, gradient or norm at the beginning are not finite, or if the batch does not
    ///   fit into memory; the parameters are then those after the last iteration that was finished. Points on the way
    ///   whose loss or gradient is not finite are stepped back from.
    public mutating func step(
        _ network: inout RecurrentNetwork<S>, in unfolding: Unfolding<S>, on batch: SequenceBatch<S>,
        _ objective: Objective<S>, from initialState: Matrix<S>? = nil, iterations: Int = 1
    ) throws(TrainingError) -> TrainingReport {
        BLASLibrary.beginSingleThread()
        defer { BLASLibrary.endSingleThread() }
        var loss = NetworkLoss(
            network, placeholder: placeholder, in: unfolding, on: batch, objective, from: initialState)
        return try minimise(&loss, from: &network.parameters, iterations: iterations)
    }

    /// The same for any function of parameters.
    package mutating func minimise<F: DifferentiableFunction>(
        _ function: inout F, from parameters: inout Parameters<S>, iterations: Int = 1
    ) throws(TrainingError) -> TrainingReport where F.Number == S {
        var search = self.search.take() ?? LineSearch(layout: parameters.layout)
        defer { self.search = search }
        requireSameLayout(search.layout, parameters.layout)
        let norm = try search.begin(&function, at: parameters)
        let report = TrainingReport(loss: search.loss, gradientNorm: Double(norm), wasClipped: false)
        for _ in 0..<iterations {
            guard try iterate(&search, &function, &parameters) else { break }
        }
        return report
    }

    /// Goes on to a lower point; returns whether there was one.
    private mutating func iterate<F: DifferentiableFunction>(
        _ search: inout LineSearch<S>, _ function: inout F, _ parameters: inout Parameters<S>
    ) throws(TrainingError) -> Bool where F.Number == S {
        history.direct(&search)
        // Rounding can spoil the history; without it d = −g, which leads down unless g is zero.
        if !search.leadsDown {
            history.forget()
            history.direct(&search)
        }
        guard search.leadsDown else { return false }
        let first = history.isEmpty ? search.shortFirstStep : 1
        guard try search.run(&function, from: parameters, firstStep: first) else {
            history.forget()
            return false
        }
        history.remember(search)
        search.finish(&parameters)
        stepCount += 1
        return true
    }
}

/// The last steps s_k = θ_{k+1} − θ_k and what they changed in the gradient, y_k = g_{k+1} − g_k.
private struct CurvatureHistory<S: Scalar> {
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
    /// A ring: once it is full, the oldest stands where the next goes.
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

    /// Where the pair stands that came `age` steps before the newest.
    private func place(age: Int) -> Int { (next - 1 - age + pairs.count) % pairs.count }

    /// Takes in the step from the search's beginning to its end, unless its curvature drowns in rounding.
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
