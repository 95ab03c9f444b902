import RecurrentLinearAlgebra
import Recurrent

/// The trainings of a run, one after the other: a network for each seed and each held-out part of the data.
final class Run<A: Application> {
    /// Why a run ends early.
    struct Interrupted: Error {}

    private let application: A
    private let folder: RunFolder
    private let seeds: [UInt64]
    private let progress: Progress
    private var current = TrainingBegin(training: 0, seed: 0, fold: 1, epochs: 0)
    private var total: Int { seeds.count * application.folds }

    init(_ application: A, in folder: RunFolder, seeds: [UInt64]) {
        self.application = application
        self.folder = folder
        self.seeds = seeds
        progress = Progress(A.name)
    }

    /// Trains what is not trained yet.
    ///
    /// - Throws: `Interrupted` when the task was cancelled; a checkpoint is written then.
    func train() throws {
        defer { progress.finish() }
        progress.show(0, [])
        if folder.record.baselines.isEmpty {
            let entries = try application.baselines()
            // A model whose training was cut short would give a wrong score.
            if Task.isCancelled { throw Interrupted() }
            try folder.add(.baselines(Baselines(entries: entries)))
        }
        let done = Set(folder.record.results.map(\.training))
        for (index, seed) in seeds.enumerated() {
            for fold in 0..<application.folds {
                let number = index * application.folds + fold + 1
                if !done.contains(number) { try train(number, seed: seed, fold: fold) }
            }
        }
        try folder.writeReport(.finished)
    }

    private func train(_ number: Int, seed: UInt64, fold: Int) throws {
        let plan = try application.plan(fold: fold, seed: seed)
        let begin = TrainingBegin(training: number, seed: seed, fold: fold + 1, epochs: plan.settings.epochs)
        current = begin
        try folder.add(.training(begin))
        let checkpoints = try CheckpointFolder(folder.checkpointPath(training: number))
        let trainer = try Trainer(
            plan.network, on: plan.data, plan.settings, validation: plan.validation, checkpoints: checkpoints)
        try trainer.resume()
        let start = ContinuousClock.now
        var kept = plan.settings.epochs
        while let event = try next(trainer) {
            switch event {
            case .step(let step):
                try folder.add(.step(StepRecord(step, training: number)))
                show(step, of: plan)
            case .epoch(let epoch):
                if epoch.isBest, plan.validation != nil { kept = epoch.epoch }
                try folder.add(.epoch(EpochRecord(epoch, training: number)))
                try diagnose(trainer.network, plan.probe, epoch: epoch.epoch)
                show(epoch, of: plan)
            case .warning(let warning):
                try folder.add(.warning(Warning(training: number, text: warning.description)))
                progress.say("warning: \(warning)")
            case .finished(.cancelled): throw Interrupted()
            case .checkpoint, .finished: break
            }
        }
        let network = plan.validation == nil ? trainer.network : trainer.bestNetwork
        let model = try application.model(network, fold: fold)
        if number == 1 { try keep(model, fold: fold) }
        try folder.add(
            .result(
                TrainingResult(
                    training: number, seed: seed, fold: fold + 1, epoch: kept,
                    score: try model.evaluate(application.heldOut(fold: fold)).score,
                    seconds: (ContinuousClock.now - start) / .seconds(1))))
        folder.removeCheckpoints(training: number)
    }

    private func next(_ trainer: Trainer<A.Model.Element>) throws -> TrainingEvent? {
        do {
            return try trainer.next()
        } catch TrainerError.step(_, .memory(let error)) {
            throw CommandFailure(
                "a training step needs \(error.needed / 1_000_000) MB of memory and \(error.available / 1_000_000) are free; use a smaller --batch-size, --window or --state-width"
            )
        }
    }

    /// The first network is the run's model, and what it does is shown in the report.
    private func keep(_ model: A.Model, fold: Int) throws {
        let metadata = model.metadata.merging(["application": A.name]) { own, _ in own }
        try model.network.write(to: folder.modelPath, metadata: metadata)
        for finding in try application.findings(model, fold: fold) { try folder.add(.finding(finding)) }
    }

    /// Only the first network is looked into.
    private func diagnose(
        _ network: RecurrentNetwork<A.Model.Element>, _ probe: Probe<A.Model.Element>, epoch: Int
    ) throws {
        guard current.training == 1 else { return }
        let states = try Unfolding(for: network).diagnose(
            network, on: probe.batch, probe.objective)
        let cells = try states.map { state in
            let W_s = network.parameters[.stateWeights(layer: state.layer, reverse: state.isReverse)]
            return Diagnosis.Cell(
                layer: state.layer + 1, reverse: state.isReverse, stateGradientNorms: state.gradientNorms,
                singularValues: try W_s?.svd().singularValues.map { Double($0) } ?? [],
                eigenvalues: try W_s?.eigenvalues().map { [Double($0.real), Double($0.imaginary)] } ?? [],
                saturation: state.saturation)
        }
        try folder.add(.diagnosis(Diagnosis(training: 1, epoch: epoch, cells: cells)))
    }

    private func show(_ step: TrainingStep, of plan: TrainingPlan<A.Model.Element>) {
        let stepsLeft = step.secondsLeft * step.stepsPerSecond
        let part = Double(step.step) / max(1, Double(step.step) + stepsLeft)
        progress.show(
            fraction(part),
            texts(epoch: step.epoch, loss: step.loss) + ["\(fixed(step.stepsPerSecond, 0)) steps/s"])
    }

    private func show(_ epoch: TrainingEpoch, of plan: TrainingPlan<A.Model.Element>) {
        let validation = epoch.validationLoss.map { ["validation \(fixed($0, 4))"] } ?? []
        progress.show(
            fraction(Double(epoch.epoch) / Double(current.epochs)), endsEpoch: true,
            texts(epoch: epoch.epoch, loss: epoch.loss) + validation)
    }

    private func fraction(_ part: Double) -> Double { (Double(current.training - 1) + part) / Double(total) }

    private func texts(epoch: Int, loss: Double) -> [String] {
        let fold = application.folds > 1 ? " fold \(current.fold)" : ""
        return ["seed \(current.seed)\(fold)", "epoch \(epoch)/\(current.epochs)", "loss \(fixed(loss, 4))"]
    }
}

extension StepRecord {
    init(_ step: TrainingStep, training: Int) {
        self.init(
            training: training, step: step.step, epoch: step.epoch, loss: step.loss,
            gradientNorm: step.gradientNorm, clipped: step.wasClipped, learningRate: step.learningRate,
            stepsPerSecond: step.stepsPerSecond)
    }
}

extension EpochRecord {
    init(_ epoch: TrainingEpoch, training: Int) {
        self.init(
            training: training, epoch: epoch.epoch, step: epoch.step, loss: epoch.loss,
            validationLoss: epoch.validationLoss, best: epoch.isBest, clipRate: epoch.clipRate,
            saturation: epoch.saturation)
    }
}
