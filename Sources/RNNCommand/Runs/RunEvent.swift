import Foundation

/// What happened in a run; a line of its `events.jsonl`, an object with its kind as `event`.
enum RunEvent: Equatable, Sendable {
    /// A training begins. A run trains a network for each seed and fold, one after the other.
    case training(TrainingBegin)
    case step(StepRecord)
    case epoch(EpochRecord)
    case diagnosis(Diagnosis)
    case warning(Warning)
    case result(TrainingResult)
    /// What needs no training, to be held beside the results.
    case baselines(Baselines)
    case finding(Finding)
}

/// A training of a run, counted from 1.
struct TrainingBegin: Codable, Equatable, Sendable {
    let training: Int
    let seed: UInt64
    /// Which part of the data is held out, counted from 1.
    let fold: Int
    let epochs: Int
}

/// One training step; see `TrainingStep`.
struct StepRecord: Codable, Equatable, Sendable {
    let training: Int
    let step: Int
    let epoch: Int
    let loss: Double
    /// Before clipping.
    let gradientNorm: Double
    let clipped: Bool
    let learningRate: Double
    let stepsPerSecond: Double
}

/// One epoch; see `TrainingEpoch`.
struct EpochRecord: Codable, Equatable, Sendable {
    let training: Int
    let epoch: Int
    let step: Int
    let loss: Double
    let validationLoss: Double?
    let best: Bool
    let clipRate: Double
    let saturation: Double
}

/// What a network looks like inside after an epoch, on a batch that stays the same throughout the training.
struct Diagnosis: Codable, Equatable, Sendable {
    /// One direction of one layer.
    struct Cell: Codable, Equatable, Sendable {
        /// Counted from 1.
        let layer: Int
        let reverse: Bool
        /// ‖∂E/∂s_t‖ over all sequences, for t = 1…T. E is the loss that is trained on.
        let stateGradientNorms: [Double]
        /// Of W_s, the largest first; empty for a layer without W_s.
        let singularValues: [Double]
        /// Of W_s: real and imaginary part.
        let eigenvalues: [[Double]]
        /// The share of states where |Φ'| is below 2 % of its largest value.
        let saturation: Double
    }

    let training: Int
    let epoch: Int
    let cells: [Cell]
}

struct Warning: Codable, Equatable, Sendable {
    let training: Int
    let text: String
}

/// How a training came out on data that it has not seen.
struct TrainingResult: Codable, Equatable, Sendable {
    let training: Int
    let seed: UInt64
    let fold: Int
    /// The epoch whose parameters were kept.
    let epoch: Int
    /// In units of the run's measure.
    let score: Double
    let seconds: Double
}

/// Scores of models that need no network, in units of the run's measure.
struct Baselines: Codable, Equatable, Sendable {
    struct Entry: Codable, Equatable, Sendable {
        let name: String
        let score: Double
    }

    let entries: [Entry]
}

extension RunEvent: Codable {
    private enum Kind: String, Codable {
        case training, step, epoch, diagnosis, warning, result, baselines, finding
    }

    private enum Key: CodingKey { case event }

    init(from decoder: any Decoder) throws {
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

    func encode(to encoder: any Encoder) throws {
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
