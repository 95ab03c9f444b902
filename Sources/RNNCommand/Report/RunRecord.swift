import RecurrentCharts

/// What happened in a run so far, in bounded space however long it is: what the report shows.
struct RunRecord: Sendable {
    private(set) var trainings: [Int: TrainingRecord] = [:]
    private(set) var baselines: [Baselines.Entry] = []
    private(set) var findings: [Finding] = []
    /// The first ones.
    private(set) var warnings: [Warning] = []
    private(set) var warningCount = 0
    private(set) var stepCount = 0
    /// The training that the last event was of.
    private(set) var current: Int?

    private static let warningLimit = 50
    /// How many trainings are drawn beside each other.
    private static let drawnTrainings = 50

    /// The one that is shown in full.
    var first: TrainingRecord? { trainings.keys.min().flatMap { trainings[$0] } }

    var results: [TrainingResult] {
        trainings.values.compactMap(\.result).sorted { $0.training < $1.training }
    }

    mutating func add(_ event: RunEvent) {
        switch event {
        case .training(let begin): change(begin.training) { $0.begin = begin }
        case .step(let step):
            stepCount += 1
            change(step.training) { $0.add(step) }
        case .epoch(let epoch): change(epoch.training) { $0.add(epoch) }
        case .diagnosis(let diagnosis): change(diagnosis.training) { $0.add(diagnosis) }
        case .result(let result): change(result.training) { $0.result = result }
        case .warning(let warning):
            warningCount += 1
            if warnings.count < Self.warningLimit { warnings.append(warning) }
        case .baselines(let all): baselines = all.entries
        case .finding(let finding):
            // A run that was resumed may tell the same again.
            if !findings.contains(finding) { findings.append(finding) }
        }
    }

    private mutating func change(_ training: Int, _ change: (inout TrainingRecord) -> Void) {
        current = training
        let detail: TrainingRecord.Detail =
            trainings.isEmpty ? .full : trainings.count < Self.drawnTrainings ? .line : .none
        change(&trainings[training, default: TrainingRecord(detail)])
    }
}

/// One training of a run.
struct TrainingRecord: Sendable {
    enum Detail {
        /// Every curve.
        case full
        /// What is drawn beside other trainings.
        case line
        case none
    }

    var begin: TrainingBegin?
    var result: TrainingResult?
    private(set) var lastStep: StepRecord?
    private(set) var lastEpoch: EpochRecord?
    private(set) var bestEpoch: Int?
    private(set) var firstDiagnosis: Diagnosis?
    private(set) var lastDiagnosis: Diagnosis?

    /// By step.
    private(set) var stepLoss = ThinnedCurve()
    private(set) var gradientNorm = ThinnedCurve()
    private(set) var learningRate = ThinnedCurve()
    /// By epoch.
    private(set) var loss: ThinnedCurve
    private(set) var validationLoss: ThinnedCurve
    private(set) var saturation = ThinnedCurve()

    private let detail: Detail

    init(_ detail: Detail) {
        self.detail = detail
        loss = ThinnedCurve(limit: detail == .full ? 1200 : 120)
        validationLoss = loss
    }

    mutating func add(_ step: StepRecord) {
        lastStep = step
        guard detail == .full else { return }
        let x = Double(step.step)
        Self.add(Point(x, step.loss), to: &stepLoss)
        Self.add(Point(x, step.gradientNorm), to: &gradientNorm)
        Self.add(Point(x, step.learningRate), to: &learningRate)
    }

    mutating func add(_ epoch: EpochRecord) {
        lastEpoch = epoch
        if epoch.best { bestEpoch = epoch.epoch }
        guard detail != .none else { return }
        let x = Double(epoch.epoch)
        Self.add(Point(x, epoch.loss), to: &loss)
        if let validation = epoch.validationLoss { Self.add(Point(x, validation), to: &validationLoss) }
        if detail == .full { Self.add(Point(x, epoch.saturation), to: &saturation) }
    }

    mutating func add(_ diagnosis: Diagnosis) {
        guard detail == .full else { return }
        if firstDiagnosis.map({ diagnosis.epoch <= $0.epoch }) ?? true { firstDiagnosis = diagnosis }
        lastDiagnosis = diagnosis
    }

    /// A training that goes back to a checkpoint tells some steps again: they replace what they told before.
    private static func add(_ point: Point, to curve: inout ThinnedCurve) {
        curve.remove(from: point.x)
        curve.add(point)
    }
}
