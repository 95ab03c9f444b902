import Foundation
import RecurrentLinearAlgebra

extension Trainer {
    /// The settings and data that a checkpoint must agree with. Settings that do not change the result may differ.
    func describeIdentity() -> Checkpoint<S>.Identity {
        var fields: [String: String] = [:]
        let free = ["epochs", "checkpointEvery", "onCheckpointFailure", "reportsSteps", "patience"]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if let json = try? encoder.encode(settings),
            let values = try? JSONSerialization.jsonObject(with: json) as? [String: Any]
        {
            for (key, value) in values where !free.contains(key) {
                let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
                let text = try? JSONSerialization.data(withJSONObject: value, options: options)
                fields[key] = String(decoding: text ?? Data(), as: UTF8.self)
            }
        }
        fields["history"] = unfolding.history.map { "\($0)" } ?? "all"
        let validation = validation.map { ", validated on \(description(of: $0))" } ?? ""
        return .init(settings: fields, data: description(of: data) + validation)
    }

    private func description(of data: TrainingData<S>) -> String {
        switch data {
        case .sequences(let data): "\(data.count) sequences of \(data.steps) steps in all"
        case .streams(let streams, let window):
            "\(streams.streams) streams of \(streams.steps) steps, TBPTT(\(window.advance), \(window.reach))"
        }
    }
}
