/// The events of a run so far, summarised for the report in bounded memory.
package struct RunRecord: Sendable {
    package private(set) var trainings: [Int: TrainingRecord] = [:]
    package private(set) var baselines: [Baselines.Entry] = []
    private(set) var findings: [Finding] = []
    /// The first warnings, up to a limit.
    private(set) var warnings: [Warning] = []
    private(set) var warningCount = 0
    private(set) var stepCount = 0
    /// The training of the last event.
    private(set) var current: Int?

    private static let warningLimit = 50
    /// The number of trainings whose curves are drawn.
    private static let drawnTrainings = 50

    /// The training that is shown in full.
    var first: TrainingRecord? { trainings.keys.min().flatMap { trainings[$0] } }

    package var results: [TrainingResult] {
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
            // A resumed run may repeat a finding.
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
