extension Trainer {
    /// The settings and data that a checkpoint must agree with. Settings that do not change the result may differ.
    func describeIdentity() -> Checkpoint<S>.Identity {
        let free = ["epochs", "checkpointEvery", "onCheckpointFailure", "reportsSteps", "patience"]
        var fields = CheckpointJSON.fields(settings).filter { !free.contains($0.key) }
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
