import RecurrentLinearAlgebra

/// Reads a trainer's state from the tensors and metadata of a checkpoint, and checks all of them.
struct CheckpointReader<S: Scalar> {
    private let file: Safetensors
    /// Those of the file, with the keys of this version.
    private let metadata: [String: String]

    init(_ file: Safetensors) {
        self.file = file
        metadata = CheckpointKeys.renamed(file.metadata)
    }

    /// The state in the checkpoint, for a trainer that began as `begun`.
    ///
    /// - Throws: `CheckpointError` naming what differs or is missing.
    func state(
        _ identity: Checkpoint<S>.Identity, begun: TrainerState<S>
    ) throws(CheckpointError) -> TrainerState<S> {
        try check(identity, begun.network.configuration)
        var state = begun
        let layout = begun.network.parameters.layout
        state.network.parameters = try parameters(layout, prefix: "")
        try restore(&state.optimiser, layout)
        state.step = try number("step")
        state.epoch = try number("epoch")
        state.batch = try number("batch")
        state.lossSum = try number("loss_sum")
        state.lossCount = try number("loss_count")
        state.clippedCount = try number("clipped_count")
        state.rateFactor = try number("rate_factor")
        state.epochsSinceBest = try number("epochs_since_best")
        state.best = try best(layout)
        state.average = try average(layout)
        state.carried = try carriedState
        state.plateau = try plateau ?? begun.plateau
        return state
    }

    /// Checks that the checkpoint is of a training with this identity and network.
    private func check(
        _ identity: Checkpoint<S>.Identity, _ configuration: NetworkConfiguration
    ) throws(CheckpointError) {
        try expect("trainer.version", Checkpoint<S>.version)
        try expect("trainer.precision", Checkpoint<S>.precision)
        for (key, value) in configuration.metadata.sorted(by: <) { try expect(key, value) }
        let settings = Dictionary(
            uniqueKeysWithValues: identity.settings.map { ("settings.\($0.key)", $0.value) })
        let found = metadata.keys.filter { $0.hasPrefix("settings.") }
        for key in Set(settings.keys).union(found).sorted() { try expect(key, settings[key]) }
        try expect("trainer.data", identity.data)
    }

    private func expect(_ key: String, _ expected: String?) throws(CheckpointError) {
        if metadata[key] != expected {
            throw .differs(key: key, found: metadata[key], expected: expected)
        }
    }

    private func number<Number: LosslessStringConvertible>(
        _ key: String
    ) throws(CheckpointError) -> Number {
        let text = metadata["trainer.\(key)"]
        guard let number = text.flatMap({ Number($0) }) else {
            throw .differs(key: "trainer.\(key)", found: text, expected: "a number")
        }
        return number
    }

    private func parameters(
        _ layout: ParameterLayout, prefix: String
    ) throws(CheckpointError) -> Parameters<S> {
        let reader = ModelReader(file, prefix: prefix)
        var parameters = Parameters<S>(layout: layout)
        for part in layout.parts {
            do throws(ModelError) {
                parameters[part.name] = try reader.part(part, of: layout)
            } catch {
                throw .tensor(error)
            }
        }
        return parameters
    }

    private func restore(
        _ optimiser: inout Optimiser<S>, _ layout: ParameterLayout
    ) throws(CheckpointError) {
        var moments: [Moment: Parameters<S>] = [:]
        let steps: Int = try number("optimiser_steps")
        for moment in steps == 0 ? [] : optimiser.rule.moments {
            moments[moment] = try parameters(layout, prefix: CheckpointTensors.prefix(of: moment))
        }
        do throws(OptimiserError) {
            try optimiser.restore(moments: moments, stepCount: steps, layout: layout)
        } catch {
            throw .impossible(error.description)
        }
    }

    private func best(_ layout: ParameterLayout) throws(CheckpointError) -> BestParameters<S>? {
        guard metadata["trainer.best_epoch"] != nil else { return nil }
        return BestParameters(
            loss: try number("best_loss"), epoch: try number("best_epoch"),
            parameters: try parameters(layout, prefix: CheckpointTensors.best))
    }

    /// nil without an average, and before the first step.
    private func average(_ layout: ParameterLayout) throws(CheckpointError) -> Parameters<S>? {
        let prefix = CheckpointTensors.average
        guard file.tensors.contains(where: { $0.name.hasPrefix(prefix) }) else { return nil }
        return try parameters(layout, prefix: prefix)
    }

    private var carriedState: Matrix<S>? {
        get throws(CheckpointError) {
            guard let tensor = file[CheckpointTensors.carriedState] else { return nil }
            guard tensor.shape.count == 2, let elements = tensor.elements(as: S.self),
                elements.allSatisfy(\.isFinite)
            else {
                throw .impossible("the tensor '\(tensor.name)' is not a matrix of finite numbers")
            }
            let width = tensor.shape[1]
            return Matrix(rows: tensor.shape[0], columns: width) { elements[$0 * width + $1] }
        }
    }

    private var plateau: ReduceOnPlateau? {
        get throws(CheckpointError) {
            guard let json = metadata["trainer.plateau"] else { return nil }
            let plateau: ReduceOnPlateau? = CheckpointJSON.value(json)
            guard let plateau, plateau.problem == nil else {
                throw .impossible("the plateau's state is not readable")
            }
            return plateau
        }
    }
}
