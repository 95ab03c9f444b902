import RecurrentLinearAlgebra

/// What a trainer does when loss, gradient or update of a step are not finite. Parameters and moments are then as they
/// were before the step.
public enum NonFinitePolicy: Equatable, Sendable, Codable {
    /// Throws; the default.
    case stop
    /// Goes on with the next batch, and says so.
    case skip
    /// Goes on from the last checkpoint with the learning rate times `factor`, and says so; stops after ten times in
    /// a row without a new checkpoint.
    case goBack(factor: Double = 0.5)
}

/// What a trainer does when a checkpoint cannot be written. The one before it is intact.
public enum CheckpointFailurePolicy: String, Sendable, Codable {
    /// Throws; the default.
    case stop
    /// Goes on, and says so.
    case goOn
}

/// How a network is trained. Together with data, network and seed it decides the result to the last bit.
public struct TrainingSettings: Equatable, Sendable, Codable {
    /// E_t
    public var loss: Loss
    /// How a batch's losses become one number; their mean over the steps that carry one by default.
    public var reduction = Reduction.meanOverSteps
    /// Whether only the last step of each sequence carries a loss; no by default.
    public var lastStepOnly = false
    /// How many steps at the beginning of every sequence carry no loss; 0 by default. Not for streams.
    public var silentSteps = 0
    /// Adam by default.
    public var rule = OptimisationRule.adam()
    /// The learning rate by step. A schedule that ends before the run keeps its last rate; one that is longer than the
    /// run is an error.
    public var schedule: Schedule
    /// λ; the rule's own by default.
    public var weightDecay: Double?
    /// By norm at 1 by default.
    public var clipping = Clipping.norm(1)
    public var epochs: Int
    /// B, the sequences of a batch; streams have their own number.
    public var batchSize = 32
    /// How many batches make one step: the mean of their gradients is applied.
    public var accumulation = 1
    /// Decides the order of the batches, what is dropped, and the noise.
    public var seed: UInt64 = 1
    /// Whether sequences come in another order in each epoch; yes by default.
    public var shuffles = true
    /// Whether sequences of about the same length come together; yes by default.
    public var bucketsByLength = true
    /// The standard deviation of normal noise that is added to inputs that are values, drawn anew for each batch; 0 by
    /// default.
    public var inputNoise = 0.0
    /// How often a network that feeds on its own output is given its true inputs; always, which is teacher forcing, by
    /// default.
    public var sampling: ScheduledSampling?
    /// What reduces the learning rate, as a factor to the schedule's, when the validation loss (without
    /// validation data the training loss) stops to fall; nothing by default.
    public var plateau: ReduceOnPlateau?
    /// Training ends after so many epochs in a row without a better validation loss; never early by default.
    public var patience: Int?
    public var onNonFinite = NonFinitePolicy.stop
    /// A checkpoint is written every so many steps and at the end of every epoch, if there is a folder; 100 by
    /// default.
    public var checkpointEvery = 100
    public var onCheckpointFailure = CheckpointFailurePolicy.stop
    /// Whether every step is an event; otherwise epochs, checkpoints and warnings are. Yes by default.
    public var reportsSteps = true

    /// - Parameters:
    ///   - loss: E_t.
    ///   - schedule: the learning rate by step.
    ///   - epochs: how often the data are gone through.
    public init(loss: Loss, schedule: Schedule, epochs: Int) {
        self.loss = loss
        self.schedule = schedule
        self.epochs = epochs
    }

    /// The same with a learning rate that stays.
    public init(loss: Loss, learningRate: Double, epochs: Int) {
        self.init(loss: loss, schedule: .constant(learningRate), epochs: epochs)
    }

    /// What is wrong with the settings for a run of so many steps, in words for people; nil if nothing is.
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
        if !(inputNoise >= 0 && inputNoise.isFinite) {
            return "an input noise of \(inputNoise) is not at least 0 and finite"
        }
        if case .goBack(let factor) = onNonFinite, !(factor > 0 && factor < 1) {
            return "a factor of \(factor) for going back is not above 0 and below 1"
        }
        if silentSteps < 0 { return "the silent steps must be at least 0, not \(silentSteps)" }
        if silentSteps > 0 && lastStepOnly {
            return "silent steps do not go with a loss on the last step only"
        }
        if let problem = sampling?.problem { return problem }
        if let problem = plateau?.problem { return problem }
        return nil
    }
}
