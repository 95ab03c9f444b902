import RecurrentLinearAlgebra

/// A trainer's state as tensors and metadata. It holds the network as a model file does, so that a checkpoint without its
/// other tensors can be read as a model.
enum Checkpoint<S: Scalar> {
    /// The training that a checkpoint belongs to. It is refused by any other.
    struct Identity {
        /// The settings that the result depends on, as sorted JSON by key.
        let settings: [String: String]
        /// The numbers of sequences and steps, in words.
        let data: String
    }

    static var version: String { "1" }
    static var precision: String { S.self == Float.self ? "F32" : "F64" }

    static func encode(_ state: TrainerState<S>, _ identity: Identity) -> Safetensors {
        var tensors = state.network.parameters.tensors()
        for (moment, parameters) in state.optimiser.moments {
            tensors += parameters.tensors(prefix: CheckpointTensors.prefix(of: moment))
        }
        if let best = state.best { tensors += best.parameters.tensors(prefix: CheckpointTensors.best) }
        if let average = state.average {
            tensors += average.tensors(prefix: CheckpointTensors.average)
        }
        if let carried = state.carried {
            tensors.append(.init(name: CheckpointTensors.carriedState, carried))
        }
        return Safetensors(tensors: tensors, metadata: metadata(state, identity))
    }

    private static func metadata(_ state: TrainerState<S>, _ identity: Identity) -> [String: String] {
        var metadata = state.network.configuration.metadata
        let numbers: [(String, String)] = [
            ("version", version), ("precision", precision), ("data", identity.data),
            ("optimiser_steps", "\(state.optimiser.stepCount)"), ("step", "\(state.step)"),
            ("epoch", "\(state.epoch)"), ("batch", "\(state.batch)"), ("loss_sum", "\(state.lossSum)"),
            ("loss_count", "\(state.lossCount)"), ("clipped_count", "\(state.clippedCount)"),
            ("rate_factor", "\(state.rateFactor)"), ("epochs_since_best", "\(state.epochsSinceBest)"),
        ]
        for (key, value) in numbers { metadata["trainer.\(key)"] = value }
        for (key, value) in identity.settings { metadata["settings.\(key)"] = value }
        if let best = state.best {
            metadata["trainer.best_loss"] = "\(best.loss)"
            metadata["trainer.best_epoch"] = "\(best.epoch)"
        }
        metadata["trainer.plateau"] = state.plateau.map { CheckpointJSON.text($0) }
        return metadata
    }
}
