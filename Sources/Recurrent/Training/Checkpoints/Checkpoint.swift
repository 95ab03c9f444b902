import Foundation
import RecurrentLinearAlgebra

/// A trainer's state as tensors and metadata. The network stands in it as in a model file, so that a checkpoint can be
/// read as a model by whoever leaves the other tensors aside.
struct Checkpoint<S: Scalar> {
    /// What a checkpoint's state belongs to, and is refused without.
    struct Identity {
        /// The settings that the result depends on, as sorted JSON by key.
        let settings: [String: String]
        /// In words: how many sequences and steps.
        let data: String
    }

    private static var version: String { "1" }
    private static var precision: String { S.self == Float.self ? "F32" : "F64" }

    static func encode(_ state: TrainerState<S>, _ identity: Identity) -> Safetensors {
        var tensors = state.network.parameters.tensors()
        for (moment, parameters) in state.optimiser.moments {
            tensors += parameters.tensors(prefix: "optimiser.\(moment.rawValue).")
        }
        if let best = state.best { tensors += best.parameters.tensors(prefix: "best.") }
        if let carried = state.carried { tensors.append(.init(name: "carried_state", carried)) }
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
        if let plateau = state.plateau, let json = try? JSONEncoder().encode(plateau) {
            metadata["trainer.plateau"] = String(decoding: json, as: UTF8.self)
        }
        return Safetensors(tensors: tensors, metadata: metadata)
    }

    /// The state in a checkpoint, for a trainer that has begun as `state`.
    ///
    /// - Throws: `FileError` naming what differs or is missing.
    static func decode(
        _ file: Safetensors, path: String, _ identity: Identity, into state: TrainerState<S>
    ) throws(FileError) -> TrainerState<S> {
        do throws(CheckpointError) {
            return try decode(file, identity, into: state)
        } catch {
            throw FileError(path: path, problem: error.description)
        }
    }

    private static func decode(
        _ file: Safetensors, _ identity: Identity, into begun: TrainerState<S>
    ) throws(CheckpointError) -> TrainerState<S> {
        let configuration = begun.network.configuration
        try expect(file, "trainer.version", version)
        try expect(file, "trainer.precision", precision)
        for (key, value) in configuration.metadata.sorted(by: <) { try expect(file, key, value) }
        for (key, value) in identity.settings.sorted(by: <) { try expect(file, "settings.\(key)", value) }
        try expect(file, "trainer.data", identity.data)
        var state = begun
        let layout = begun.network.parameters.layout
        state.network.parameters = try parameters(file, layout, prefix: "")
        var moments: [Moment: Parameters<S>] = [:]
        let optimiserSteps: Int = try number(file, "optimiser_steps")
        for moment in optimiserSteps == 0 ? [] : begun.optimiser.rule.moments {
            moments[moment] = try parameters(file, layout, prefix: "optimiser.\(moment.rawValue).")
        }
        do throws(OptimiserError) {
            try state.optimiser.restore(moments: moments, stepCount: optimiserSteps, layout: layout)
        } catch {
            throw .impossible(error.description)
        }
        state.step = try number(file, "step")
        state.epoch = try number(file, "epoch")
        state.batch = try number(file, "batch")
        state.lossSum = try number(file, "loss_sum")
        state.lossCount = try number(file, "loss_count")
        state.clippedCount = try number(file, "clipped_count")
        state.rateFactor = try number(file, "rate_factor")
        state.epochsSinceBest = try number(file, "epochs_since_best")
        state.best = nil
        if file.metadata["trainer.best_epoch"] != nil {
            state.best = BestParameters(
                loss: try number(file, "best_loss"), epoch: try number(file, "best_epoch"),
                parameters: try parameters(file, layout, prefix: "best."))
        }
        state.carried = nil
        if let carried = file["carried_state"], carried.shape.count == 2,
            let elements = carried.elements(as: S.self)
        {
            let width = carried.shape[1]
            state.carried = Matrix(rows: carried.shape[0], columns: width) { elements[$0 * width + $1] }
        }
        if let json = file.metadata["trainer.plateau"] {
            guard let plateau = try? JSONDecoder().decode(ReduceOnPlateau.self, from: Data(json.utf8)),
                plateau.problem == nil
            else { throw .impossible("the plateau's state is not readable") }
            state.plateau = plateau
        }
        return state
    }

    private static func expect(
        _ file: Safetensors, _ key: String, _ expected: String
    ) throws(CheckpointError) {
        let found = file.metadata[key]
        if found != expected { throw .differs(key: key, found: found, expected: expected) }
    }

    private static func number<Number: LosslessStringConvertible>(
        _ file: Safetensors, _ key: String
    ) throws(CheckpointError) -> Number {
        let text = file.metadata["trainer.\(key)"]
        guard let number = text.flatMap({ Number($0) }) else {
            throw .differs(key: "trainer.\(key)", found: text, expected: "a number")
        }
        return number
    }

    private static func parameters(
        _ file: Safetensors, _ layout: ParameterLayout, prefix: String
    ) throws(CheckpointError) -> Parameters<S> {
        let reader = ModelReader(file, prefix: prefix)
        var parameters = Parameters<S>(layout: layout)
        for part in layout.parts {
            do throws(ModelError) {
                parameters[part.name] = try reader.part(part)
            } catch {
                throw .tensor(error)
            }
        }
        return parameters
    }
}

/// Why a whole checkpoint is not one of this training.
private enum CheckpointError: Error {
    case differs(key: String, found: String?, expected: String)
    case tensor(ModelError)
    case impossible(String)

    var description: String {
        switch self {
        case .differs(let key, let found, let expected):
            "the checkpoint is of another training: \(key) is \(found ?? "missing") there and \(expected) here; give another folder, or the settings it was made with"
        case .tensor(let error):
            "the checkpoint is of another network: \(error)"
        case .impossible(let problem):
            "the checkpoint cannot be gone on from: \(problem)"
        }
    }
}
