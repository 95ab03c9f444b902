import RecurrentLinearAlgebra

/// The settings of a training. Together with data and network they determine the result to the last bit.
public struct TrainingSettings: Equatable, Sendable, Codable {
    /// E_t
    public var loss: Loss
    /// The way in which a batch's losses become one number; their mean over the steps that carry one by default.
    public var reduction = Reduction.meanOverSteps
    /// The steps of each sequence that carry a loss; every one by default. Networks with one output a sequence and
    /// streams have no others.
    public var lossSteps = LossSteps.every
    /// Adam by default.
    public var rule = OptimisationRule.adam()
    /// The learning rate by step. A schedule that ends before the run keeps its last rate; one that is longer is an
    /// error.
    public var schedule: Schedule
    /// λ; the rule's default if nil.
    public var weightDecay: Double?
    /// Parameters that learn in a way of their own, or not at all; none by default.
    public var groups: [ParameterGroup] = []
    /// To a norm of 1 by default.
    public var clipping = Clipping.norm(1)
    public var epochs: Int
    /// β of an exponential moving average of the parameters (Polyak averaging), nil for none, the default. After each
    /// step average ← β · average + (1 − β) · θ, which begins as θ after the first; a step that is left out does not
    /// count. Validation, the best network and patience then go by the average, training by θ. About the last 1/(1 − β)
    /// steps matter. Costs one pass over the parameters a step, and as much memory.
    public var averageDecay: Double?
    /// B, the number of sequences in a batch; 32 by default. Streams have their own number.
    public var batchSize = 32
    /// The number of batches in a step, which applies the mean of their gradients; 1 by default.
    public var accumulation = 1
    /// The seed of the order of the batches, of dropout and of noise; 1 by default.
    public var seed: UInt64 = 1
    /// True if each epoch has its own order of sequences; the default.
    public var shuffles = true
    /// True if sequences of about the same length come together; the default.
    public var bucketsByLength = true
    /// The standard deviation of normal noise that is added to inputs that are values; 0 by default. Each batch has its
    /// own.
    public var inputNoise = 0.0
    /// The probability that a network which feeds on its own output gets the true input; always 1, which is teacher
    /// forcing, if nil.
    public var sampling: ScheduledSampling?
    /// The factor of the schedule's learning rate that falls when the validation loss (without validation data: training
    /// loss) no longer does; none by default.
    public var plateau: ReduceOnPlateau?
    /// The metric of the validation data that decides which epoch is the best, and when patience ends, in the place of the
    /// validation loss; none by default. For sequences, which validation data must then be.
    public var judge: Metric?
    /// The number of epochs in a row without a better validation loss, or metric, after which training ends; no limit if nil.
    public var patience: Int?
    public var onNonFinite = NonFinitePolicy.stop
    /// The number of steps from one checkpoint to the next, if there is a folder; 100 by default. The end of an epoch has
    /// a checkpoint too.
    public var checkpointEvery = 100
    public var onCheckpointFailure = CheckpointFailurePolicy.stop
    /// True if every step is an event, the default; otherwise only epochs, checkpoints, warnings and the end are.
    public var reportsSteps = true

    /// - Parameters:
    ///   - loss: E_t.
    ///   - schedule: the learning rate by step.
    ///   - epochs: the number of passes over the data.
    public init(loss: Loss, schedule: Schedule, epochs: Int) {
        self.loss = loss
        self.schedule = schedule
        self.epochs = epochs
    }

    /// Settings with a constant learning rate.
    public init(loss: Loss, learningRate: Double, epochs: Int) {
        self.init(loss: loss, schedule: .constant(learningRate), epochs: epochs)
    }

    /// The first problem of the settings for a run of `steps` steps, in words for people, or nil.
    func problem<S: Scalar>(in type: S.Type, steps: Int) -> String? {
        let counts = [
            ("epochs", epochs), ("batch size", batchSize), ("accumulation", accumulation),
            ("checkpoint interval", checkpointEvery), ("patience", patience ?? 1),
        ]
        for (name, count) in counts where count < 1 { return "the \(name) must be at least 1, not \(count)" }
        if let problem = schedule.problem { return problem }
        if let length = schedule.length, length > steps {
            return
                "the schedule spans \(length) steps, the run has \(steps): it would end half-way; shorten the schedule or train for more epochs"
        }
        let problem = Optimiser<S>.problem(
            rule, learningRate: schedule.learningRate(at: 0), weightDecay: weightDecay, clipping: clipping)
        if let problem { return problem }
        if let decay = averageDecay, !(decay >= 0 && S(decay) < 1) {
            return "a decay of \(number: decay) for the average of the parameters is not in 0..<1"
        }
        if !(inputNoise >= 0 && inputNoise.isFinite) {
            return "an input noise of \(number: inputNoise) is not at least 0 and finite"
        }
        if case .goBack(let factor) = onNonFinite, !(factor > 0 && factor < 1) {
            return "a factor of \(number: factor) for going back is not above 0 and below 1"
        }
        if case .afterBurnIn(let steps) = lossSteps, steps < 0 {
            return "the burn-in must be at least 0 steps, not \(steps)"
        }
        if let problem = sampling?.problem { return problem }
        if let problem = plateau?.problem { return problem }
        return nil
    }

    /// The problem of the groups for a network, in words for people, or nil.
    func groupProblem<S: Scalar>(_ layout: ParameterLayout, in type: S.Type) -> String? {
        if groups.isEmpty { return nil }
        return LearningRuns.problem(groups, layout)
            ?? rateProblem(schedule.learningRate(at: 0), in: type)
    }

    /// The problem of a learning rate for any group that learns, or nil.
    func rateProblem<S: Scalar>(_ rate: Double, in type: S.Type) -> String? {
        let factors = groups.map(\.rateFactor).filter { $0 > 0 }
        return ([1] + factors).lazy.compactMap { Optimiser<S>.problem(learningRate: rate * $0) }.first
    }
}
