import RecurrentLinearAlgebra
import Recurrent

/// The trainings of a run, one after the other: a network for each seed and each fold.
final class TrainingRun<A: Application> {
    private typealias Network = RecurrentNetwork<A.Model.Element>

    private let application: A
    private let folder: RunFolder
    private let seeds: [UInt64]
    private let progress: ProgressDisplay
    private var current = TrainingBegin(training: 0, seed: 0, fold: 1, epochs: 0)
    private var total: Int { seeds.count * application.folds }

    init(_ application: A, in folder: RunFolder, seeds: [UInt64]) {
        self.application = application
        self.folder = folder
        self.seeds = seeds
        progress = ProgressDisplay(A.name)
    }

    /// Performs the trainings that have no result in the folder yet.
    ///
    /// - Throws: `TrainingInterrupted` if the task is cancelled, after a checkpoint is written.
    func train() throws {
        defer { progress.finish() }
        progress.show(0, [])
        if folder.record.baselines.isEmpty {
            try folder.add(.baselines(Baselines(entries: application.baselines())))
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
        current = TrainingBegin(training: number, seed: seed, fold: fold + 1, epochs: plan.settings.epochs)
        try folder.add(.training(current))
        let start = ContinuousClock.now
        let checkpoints = try CheckpointFolder(folder.checkpointPath(training: number))
        let network = try plan.train(checkpoints: checkpoints) { event, network in
            try record(event)
            if case .epoch(let epoch) = event { try diagnose(network, plan.probe, epoch: epoch.epoch) }
            show(event)
        }
        let model = try application.model(network, fold: fold)
        if number == 1 { try keep(model, fold: fold) }
        let best = plan.validation == nil ? nil : folder.record.trainings[number]?.bestEpoch
        let result = TrainingResult(
            training: number, seed: seed, fold: fold + 1, epoch: best ?? current.epochs,
            score: try model.evaluate(application.heldOut(fold: fold)).score,
            seconds: (ContinuousClock.now - start) / .seconds(1))
        try folder.add(.result(result))
        folder.removeCheckpoints(training: number)
    }

    private func record(_ event: TrainingEvent) throws {
        switch event {
        case .step(let step): try folder.add(.step(StepRecord(step, training: current.training)))
        case .epoch(let epoch): try folder.add(.epoch(EpochRecord(epoch, training: current.training)))
        case .warning(let warning):
            try folder.add(.warning(Warning(training: current.training, text: warning.description)))
        case .checkpoint, .finished: break
        }
    }

    /// Writes the first network of the run as its model, and examples of what it does for the report.
    private func keep(_ model: A.Model, fold: Int) throws {
        let metadata = model.metadata.merging(["application": A.name]) { own, _ in own }
        try model.network.write(to: folder.modelPath, metadata: metadata)
        for finding in try application.findings(model, fold: fold) { try folder.add(.finding(finding)) }
    }

    /// Examines the first network of the run; the others are not examined.
    private func diagnose(_ network: Network, _ probe: Probe<A.Model.Element>, epoch: Int) throws {
        guard current.training == 1 else { return }
        let states = try Unfolding(for: network).diagnose(
            network, on: probe.batch, probe.objective)
        let cells = try states.map { state in
            let spectrum = try RecurrenceSpectrum(
                of: network, at: .stateWeights(layer: state.layer, reverse: state.isReverse))
            return Diagnosis.Cell(
                layer: state.layer + 1, reverse: state.isReverse, stateGradientNorms: state.gradientNorms,
                singularValues: spectrum?.singularValues ?? [],
                eigenvalues: spectrum?.eigenvalues.map { [$0.real, $0.imaginary] } ?? [],
                saturation: state.saturation, forgetGate: state.forgetGate)
        }
        try folder.add(.diagnosis(Diagnosis(training: 1, epoch: epoch, cells: cells)))
    }
}

// Progress.
extension TrainingRun {
    private func show(_ event: TrainingEvent) {
        switch event {
        case .step(let step):
            let stepsLeft = step.secondsLeft * step.stepsPerSecond
            let part = Double(step.step) / max(1, Double(step.step) + stepsLeft)
            progress.show(
                fraction(part),
                texts(epoch: step.epoch, loss: step.loss) + ["\(fixed(step.stepsPerSecond, 0)) steps/s"])
        case .epoch(let epoch):
            let validation = epoch.validationLoss.map { ["validation loss \(fixed($0, 4))"] } ?? []
            progress.show(
                fraction(Double(epoch.epoch) / Double(current.epochs)), endsEpoch: true,
                texts(epoch: epoch.epoch, loss: epoch.loss) + validation)
        case .warning(let warning): progress.say("warning: \(warning)")
        case .checkpoint, .finished: break
        }
    }

    private func fraction(_ part: Double) -> Double { (Double(current.training - 1) + part) / Double(total) }

    private func texts(epoch: Int, loss: Double) -> [String] {
        let fold = application.folds > 1 ? " fold \(current.fold)" : ""
        return ["seed \(current.seed)\(fold)", "epoch \(epoch)/\(current.epochs)", "loss \(fixed(loss, 4))"]
    }
}
