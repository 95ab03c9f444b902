/// An event of a run; a line of its `events.jsonl`, an object with its kind under `event`.
package enum RunEvent: Equatable, Sendable {
    /// The beginning of a training. A run trains a network for each seed and fold, one after the other.
    case training(TrainingBegin)
    case step(StepRecord)
    case epoch(EpochRecord)
    case diagnosis(Diagnosis)
    case warning(Warning)
    case result(TrainingResult)
    /// The scores of simpler models, for comparison with the results.
    case baselines(Baselines)
    case finding(Finding)
}

extension RunEvent: Codable {
    private enum Kind: String, Codable {
        case training, step, epoch, diagnosis, warning, result, baselines, finding
    }

    private enum Key: CodingKey { case event }

    package init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .event) {
        case .training: self = .training(try TrainingBegin(from: decoder))
        case .step: self = .step(try StepRecord(from: decoder))
        case .epoch: self = .epoch(try EpochRecord(from: decoder))
        case .diagnosis: self = .diagnosis(try Diagnosis(from: decoder))
        case .warning: self = .warning(try Warning(from: decoder))
        case .result: self = .result(try TrainingResult(from: decoder))
        case .baselines: self = .baselines(try Baselines(from: decoder))
        case .finding: self = .finding(try Finding(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        func write(_ kind: Kind, _ record: any Encodable) throws {
            try container.encode(kind, forKey: .event)
            try record.encode(to: encoder)
        }
        switch self {
        case .training(let record): try write(.training, record)
        case .step(let record): try write(.step, record)
        case .epoch(let record): try write(.epoch, record)
        case .diagnosis(let record): try write(.diagnosis, record)
        case .warning(let record): try write(.warning, record)
        case .result(let record): try write(.result, record)
        case .baselines(let record): try write(.baselines, record)
        case .finding(let record): try write(.finding, record)
        }
    }
}
