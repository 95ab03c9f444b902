import RecurrentLinearAlgebra

/// Training by gradients: one of the rules of `OptimisationRule`, with clipping and weight decay.
///
/// A value: copies are independent. It holds a number for each parameter and moment of its rule, allocated at the first
/// step; further steps take no memory.
public struct Optimiser<S: Scalar>: Sendable {
    public let rule: OptimisationRule
    /// η; may be changed between steps, for example by a `Schedule`.
    public var learningRate: Double {
        didSet { requireSettings(Self.problem(learningRate: learningRate)) }
    }
    /// λ
    public let weightDecay: Double
    public let clipping: Clipping
    /// Parameters with a learning rate or weight decay of their own, or frozen.
    public let groups: [ParameterGroup]
    /// The number of updates done.
    public private(set) var stepCount = 0
    /// The moments in the rule's order; none before the first update.
    private var buffers: [Parameters<S>] = []
    private var work = OptimisationWork<S>()
    private var measures = ParameterMeasures<S>()
    /// The places of the groups in the parameters; nil without groups, and before the first step.
    private var learning: LearningRuns?
    /// The step of each manner of `learning`.
    private var groupSteps: [OptimisationStep<S>] = []

    /// - Parameters:
    ///   - rule: the formula that turns gradients into updates.
    ///   - learningRate: η.
    ///   - weightDecay: λ. AdamW takes η λ θ from the parameters themselves; for every other rule λ θ, the
    ///     gradient of λ/2 ‖θ‖², is added to the gradient, after clipping. By default 0, and 0.01 for AdamW.
    ///   - clipping: none by default.
    ///   - groups: parameters that learn in another way, or not at all; none by default.
    /// - Precondition: `problem` finds none: η, ε and a clipping threshold are above 0, η, ε and λ finite, λ is
    ///   not negative, momentum, decay, β₁ and β₂ are in 0..<1; all as numbers of `S`.
    public init(
        _ rule: OptimisationRule, learningRate: Double, weightDecay: Double? = nil,
        clipping: Clipping = .none, groups: [ParameterGroup] = []
    ) {
        requireSettings(
            Self.problem(rule, learningRate: learningRate, weightDecay: weightDecay, clipping: clipping)
                ?? groups.lazy.compactMap(\.problem).first)
        self.rule = rule
        self.learningRate = learningRate
        self.weightDecay = weightDecay ?? rule.defaultWeightDecay
        self.clipping = clipping
        self.groups = groups
    }

    /// The first problem of settings from a person or a file, in words for people; nil if an optimiser can be made of
    /// them.
    public static func problem(
        _ rule: OptimisationRule = .sgd(), learningRate: Double, weightDecay: Double? = nil,
        clipping: Clipping = .none
    ) -> String? {
        let (rate, decay) = (S(learningRate), S(weightDecay ?? 0))
        guard rate > 0 && rate.isFinite else {
            return "a learning rate of \(number: learningRate) is not above 0 and finite"
        }
        guard decay >= 0 && decay.isFinite else {
            return "a weight decay of \(number: weightDecay ?? 0) is not at least 0 and finite"
        }
        return rule.problem(in: S.self) ?? clipping.problem(in: S.self)
    }

    /// One training step: loss and gradient of a batch, clipping, and the update of the parameters.
    ///
    /// - Parameters:
    ///   - network: changed in place.
    ///   - unfolding: the memory and the workers, made for the network's configuration.
    ///   - batch: the sequences.
    ///   - objective: loss and targets, made for this batch.
    ///   - initialState: s_0, B × H; by default the network's own, or zero.
    ///   - dropoutSeed: decides which elements the network's dropout drops in this step; without it none are.
    /// - Returns: the loss, and the gradient's norm before clipping.
    /// - Throws: `TrainingError` if the loss, the gradient or its norm is not finite, if the update could overflow a
    ///   parameter or a moment (in `Float` the squares that all rules but SGD keep overflow at gradients of about 1e19),
    ///   or if the batch does not belong to network and objective, s_0 is not finite, or the batch does not fit into memory.
    ///   Parameters, moments and `stepCount` are then unchanged.
    public mutating func step(
        _ network: inout RecurrentNetwork<S>, in unfolding: Unfolding<S>,
        on batch: SequenceBatch<S>, _ objective: Objective<S>, from initialState: Matrix<S>? = nil,
        dropoutSeed: UInt64? = nil
    ) throws(TrainingError) -> TrainingReport {
        BLASLibrary.beginSingleThread()
        defer { BLASLibrary.endSingleThread() }
        let loss: Double
        do throws(PassError) {
            loss = try unfolding.lossAndGradient(
                of: network, on: batch, objective, from: initialState, dropoutSeed: dropoutSeed,
                stepLimit: clipping.stepLimit(in: S.self))
        } catch {
            throw .pass(error)
        }
        return try apply(to: &network, in: unfolding, loss: loss)
    }

    /// Clipping, and the update along the gradient that an unfolding holds.
    mutating func apply(
        to network: inout RecurrentNetwork<S>, in unfolding: Unfolding<S>, loss: Double
    ) throws(TrainingError) -> TrainingReport {
        clearFrozen(in: &unfolding.gradient)
        // A copy of this optimiser may be at work on another thread.
        if !isKnownUniquelyReferenced(&measures) { measures = ParameterMeasures() }
        let measured = measures.measure(network.parameters, unfolding.gradient, buffers, on: unfolding)
        let norm = measured.norm
        try unfolding.gradient.requireFinite(norm: norm, loss: loss)
        let factor: S? = clipping.factor(norm: norm)
        let isClamped = clipping.clamp(&unfolding.gradient)
        guard
            staysFinite(measured, gradient: clipping.bound(norm: norm))
                || staysFinite(
                    measured, gradient: (factor ?? 1) * unfolding.gradient.largestMagnitudeIgnoringNaN)
        else {
            throw .updateNotFinite(loss: loss)
        }
        let gradient = unfolding.gradient.mutableVector
        update(
            &network.parameters, along: gradient.readOnly, unfolding.gradient.layout, on: unfolding,
            scaling: factor.map { (gradient, $0) })
        let wasClipped = factor != nil || isClamped || unfolding.clippedSteps
        return TrainingReport(loss: loss, gradientNorm: Double(norm), wasClipped: wasClipped)
    }

    /// The rule's update, without clipping and without a check for overflow.
    ///
    /// - Precondition: gradient, parameters and moments belong to one layout.
    public mutating func update(_ parameters: inout Parameters<S>, along gradient: Parameters<S>) {
        update(&parameters, along: gradient.vector, gradient.layout, on: nil)
    }

    private mutating func update(
        _ parameters: inout Parameters<S>, along gradient: VectorView<S>, _ layout: ParameterLayout,
        on unfolding: Unfolding<S>?, scaling: OptimisationWork<S>.Scaling? = nil
    ) {
        requireSameLayout(parameters.layout, layout)
        if buffers.isEmpty { buffers = rule.moments.map { _ in Parameters(layout: layout) } }
        for buffer in buffers { requireSameLayout(buffer.layout, layout) }
        // A copy of this optimiser may be at work on another thread.
        if !isKnownUniquelyReferenced(&work) { work = OptimisationWork() }
        place(groups: layout)
        let (step, groupSteps) = (nextStep, groupSteps)
        stepCount += 1
        let first = buffers.isEmpty ? nil : buffers[0].mutableVector
        let second = buffers.count < 2 ? nil : buffers[1].mutableVector
        work.run(
            step, learning.map { ($0, groupSteps) }, parameters.mutableVector, along: gradient, first,
            second, on: unfolding, scaling: scaling)
    }

    /// The gradients of frozen parameters ← 0.
    mutating func clearFrozen(in gradient: inout Parameters<S>) {
        place(groups: gradient.layout)
        if let learning { gradient.fill(learning.frozen, with: 0) }
    }

    /// The frozen parameters; none before the first step.
    var frozen: [Range<Int>] { learning?.frozen ?? [] }

    /// Sets where the groups' parameters are, and their next steps.
    private mutating func place(groups layout: ParameterLayout) {
        if groups.isEmpty { return }
        if learning?.layout != layout {
            requireSettings(LearningRuns.problem(groups, layout))
            learning = LearningRuns(groups, layout)
        }
        groupSteps.removeAll(keepingCapacity: true)
        for manner in learning?.manners ?? [] {
            groupSteps.append(
                OptimisationStep(
                    rule, learningRate: learningRate * manner.rateFactor,
                    weightDecay: manner.weightDecay ?? weightDecay, t: stepCount + 1))
        }
    }

    private var nextStep: OptimisationStep<S> {
        OptimisationStep(rule, learningRate: learningRate, weightDecay: weightDecay, t: stepCount + 1)
    }

    /// True if an update along a gradient whose largest magnitude is `gradient` cannot overflow.
    private func staysFinite(_ measured: ParameterMeasures<S>.Result, gradient: S) -> Bool {
        func staysFinite(_ step: OptimisationStep<S>) -> Bool {
            step.staysFinite(
                parameters: measured.parameters, gradient: gradient, first: measured.first,
                second: measured.second)
        }
        return learning == nil ? staysFinite(nextStep) : groupSteps.allSatisfy(staysFinite)
    }
}

// The state that a checkpoint holds.
extension Optimiser {
    /// The moments by name; none before the first update, and none for a rule that keeps none.
    public var moments: [Moment: Parameters<S>] {
        Dictionary(uniqueKeysWithValues: zip(rule.moments, buffers))
    }

    /// Restores saved moments, as if this optimiser had done the `stepCount` updates that led to them.
    ///
    /// - Parameters:
    ///   - moments: the moments of the rule; none if `stepCount` is 0.
    ///   - stepCount: the number of updates that led to the moments.
    ///   - layout: the layout of the network to be trained.
    /// - Throws: `OptimiserError` if the moments are not those of this rule and layout, are not finite, or are negative
    ///   sums of squares; nothing has changed then.
    public mutating func restore(
        moments: [Moment: Parameters<S>], stepCount: Int, layout: ParameterLayout
    ) throws(OptimiserError) {
        guard stepCount >= 0 else { throw .stepCountNegative(stepCount) }
        let names = stepCount == 0 ? [] : rule.moments
        for name in moments.keys where !names.contains(name) { throw .momentNotOfRule(name) }
        var restored: [Parameters<S>] = []
        for name in names {
            guard let moment = moments[name] else { throw .momentMissing(name) }
            guard moment.layout == layout else { throw .layoutDiffers(name) }
            guard moment.isFinite, name != .square || moment.elements.allSatisfy({ $0 >= 0 }) else {
                throw .valuesImpossible(name)
            }
            restored.append(moment)
        }
        buffers = restored
        self.stepCount = stepCount
    }
}
