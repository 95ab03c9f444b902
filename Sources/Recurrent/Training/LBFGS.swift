import RecurrentLinearAlgebra

/// L-BFGS: minimisation of the loss of one batch that holds all data, for small problems.
///
/// Each iteration goes along d = −H g, where H approximates the inverse Hessian by the last `historySize` steps
/// (Nocedal and Wright, "Numerical optimization", 2006, algorithm 7.4), to a point that satisfies the strong Wolfe
/// conditions with c₁ = 1e-4 and c₂ = 0.9 (algorithms 3.5 and 3.6). Bracketing and interpolation are those of
/// torch.optim.LBFGS with `line_search_fn="strong_wolfe"`, and so are the iterates, but for rounding. There are two
/// differences: a step is left out of the history if its curvature is small relative to its size, and there is no
/// absolute tolerance at which the search stops; the caller decides if the loss is low enough.
///
/// A value. It holds 2 · `historySize` + 8 numbers for each parameter, allocated in the first iterations; further ones
/// take no memory.
public struct LBFGS<S: Scalar>: Sendable {
    public let historySize: Int
    /// Parameters that do not learn.
    public let frozen: [ParameterSelection]
    /// The number of iterations done.
    public private(set) var stepCount = 0
    private var history: CurvatureHistory<S>
    private var search: LineSearch<S>?
    private let placeholder = Parameters<S>(
        layout: ParameterLayout(NetworkConfiguration(inputWidth: 1, stateWidth: 1, outputWidth: 1)))

    /// - Parameters:
    ///   - historySize: the number of steps in the history; 10 by default.
    ///   - frozen: parameters that keep their bytes, and whose gradients count as zero; none by default. Other learning
    ///     rates or a weight decay of some parameters would make no sense here: the curvature decides on every step.
    /// - Precondition: `historySize` is at least 1.
    public init(historySize: Int = 10, frozen: [ParameterSelection] = []) {
        requireSettings(historySize >= 1 ? nil : "a history of \(historySize) steps is too short")
        self.historySize = historySize
        self.frozen = frozen
        history = CurvatureHistory(size: historySize)
    }

    /// One or more iterations on the loss of a batch, which must be the same in every call.
    ///
    /// - Parameters:
    ///   - network: changed in place.
    ///   - unfolding: the memory to work in, made for the network's configuration.
    ///   - batch: the sequences.
    ///   - objective: loss and targets, made for this batch.
    ///   - initialState: s_0, B × H; by default the network's own, or zero.
    ///   - iterations: 1 by default. Each evaluates loss and gradient once as a rule, and at most 26 times; a call
    ///     evaluates them once more at its beginning.
    /// - Returns: loss and norm of the gradient at the beginning. Iterations end early if no lower loss is found: at a
    ///   minimum, up to rounding.
    /// - Precondition: `iterations` is not negative.
    /// - Throws: `TrainingError` if the loss, the gradient or its norm is not finite at the beginning, or if the batch
    ///   does not belong to network and objective or does not fit into memory; the parameters are then those after the
    ///   last complete iteration. The line search shortens a step to a point whose loss or gradient is not finite.
    public mutating func step(
        _ network: inout RecurrentNetwork<S>, in unfolding: Unfolding<S>, on batch: SequenceBatch<S>,
        _ objective: Objective<S>, from initialState: Matrix<S>? = nil, iterations: Int = 1
    ) throws(TrainingError) -> TrainingReport {
        requireSettings(iterations >= 0 ? nil : "there cannot be \(iterations) iterations")
        BLASLibrary.beginSingleThread()
        defer { BLASLibrary.endSingleThread() }
        let ranges = frozenRanges(network.parameters.layout)
        var loss = NetworkLoss(
            network, placeholder: placeholder, in: unfolding, on: batch, objective, from: initialState,
            frozen: ranges)
        if ranges.isEmpty { return try minimise(&loss, from: &network.parameters, iterations: iterations) }
        let begun = network.parameters
        // −0 + 0 is +0: a step of zero may change the byte of a sign.
        defer { network.parameters.copy(ranges, from: begun) }
        return try minimise(&loss, from: &network.parameters, iterations: iterations)
    }

    private func frozenRanges(_ layout: ParameterLayout) -> [Range<Int>] {
        if frozen.isEmpty { return [] }
        let groups = frozen.map { ParameterGroup.frozen($0) }
        requireSettings(LearningRuns.problem(groups, layout))
        return LearningRuns(groups, layout).frozen
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

    /// Moves to a lower point; returns false if there is none.
    private mutating func iterate<F: DifferentiableFunction>(
        _ search: inout LineSearch<S>, _ function: inout F, _ parameters: inout Parameters<S>
    ) throws(TrainingError) -> Bool where F.Number == S {
        history.direct(&search)
        // Rounding can spoil the history; without a history d = −g, which leads down unless g is zero.
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
