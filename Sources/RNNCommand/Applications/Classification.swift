import RecurrentLinearAlgebra
import Recurrent

/// Sequences with a class each, and the part of the data in which each of them is held out.
struct FoldedSequences {
    let sequences: LabelledSequences
    /// How many parts are held out, one after the other.
    let folds: Int
    /// Of each sequence its part; −1 for what is only learned from.
    let foldOf: [Int]
    /// The classes in the order of the network's outputs.
    let labels: [String]

    init(_ sequences: LabelledSequences, folds: Int, foldOf: [Int], labels: [String]) {
        (self.sequences, self.folds, self.foldOf, self.labels) = (sequences, folds, foldOf, labels)
    }

    /// What is learned from, and what is tested on.
    init(_ training: LabelledSequences, test: LabelledSequences, labels: [String]) {
        let foldOf = Array(repeating: -1, count: training.count) + Array(repeating: 0, count: test.count)
        self.init(training + test, folds: 1, foldOf: foldOf, labels: labels)
    }

    /// One's own: without a file to be tested on, each fifth sequence of every class is held out.
    init(own: LabelledSequences, test: LabelledSequences?, path: String) throws {
        let labels = Set(own.labels).sorted()
        guard labels.count > 1 else {
            throw CommandFailure(
                own.labels.isEmpty
                    ? "\(path): the classes of the sequences are missing: say where they are with --label-column or --labels"
                    : "\(path): all sequences have the class '\(labels[0].printable)'; there is nothing to tell apart"
            )
        }
        // Names of columns that were taken for data would make a class of their own.
        let first = own.labels[0]
        if own.count > 10, own.labels.count(where: { $0 == first }) == 1 {
            throw CommandFailure(
                "\(path): the class '\(first.printable)' occurs in the first row only; if that holds the names of the columns, give them by name"
            )
        }
        if let test {
            guard !test.labels.isEmpty else { throw CommandFailure("--test: the file has no classes") }
            self.init(own, test: test, labels: labels)
            return
        }
        var counts: [String: Int] = [:]
        let foldOf = own.labels.map { label in
            counts[label, default: 0] += 1
            return counts[label, default: 0] % 5 == 0 ? 0 : -1
        }
        guard foldOf.contains(0) else {
            throw CommandFailure(
                "\(path): no class has five sequences, of which one could be held out; give more, or a --test file"
            )
        }
        self.init(own, folds: 1, foldOf: foldOf, labels: labels)
    }

    func training(fold: Int) -> LabelledSequences { sequences[foldOf.indices.filter { foldOf[$0] != fold }] }
    func heldOut(fold: Int) -> LabelledSequences { sequences[foldOf.indices.filter { foldOf[$0] == fold }] }
}

/// An application that tells sequences apart, each as a whole.
protocol Classification: Application where Model == Classifier {
    var data: FoldedSequences { get }
    var recipe: Recipe { get }
    var initialiser: Initialiser { get }
    /// From which states the class is told.
    var readOut: ReadOut { get }

    /// What is done to sequences, fitted to those that are learned from.
    func preparation(_ training: LabelledSequences) -> Preparation
    func configuration(inputWidth: Int, recurrent: Bool) -> NetworkConfiguration
    /// What differs from Adam with clipping at norm 1.
    func settings(steps: Int) -> TrainingSettings
}

extension Classification {
    var measure: Measure { Measure(name: "accuracy", isBetterWhenLower: false, decimals: 3) }
    var folds: Int { data.folds }
    var initialiser: Initialiser { .uniform }
    var readOut: ReadOut { .meanOverSteps }

    /// A layer that reads both ways.
    func configuration(inputWidth: Int, recurrent: Bool) -> NetworkConfiguration {
        let layer = RecurrentLayer(
            stateWidth: recipe.stateWidth, directions: .bidirectional, recurrent: recurrent)
        return NetworkConfiguration(
            inputWidth: inputWidth, layers: [layer], outputWidth: data.labels.count, output: .softmax,
            readOut: readOut)
    }

    func preparation(_ training: LabelledSequences) -> Preparation {
        Preparation(fittedTo: training, labels: data.labels)
    }

    func plan(fold: Int, seed: UInt64) throws -> TrainingPlan<Float> {
        try plan(data.training(fold: fold), seed: seed, recurrent: true)
    }

    private func plan(
        _ training: LabelledSequences, seed: UInt64, recurrent: Bool
    ) throws -> TrainingPlan<Float> {
        let preparation = preparation(training)
        let (inputs, classes) = (try preparation.inputs(training), try preparation.classes(training))
        var generator = RandomGenerator(seed: seed)
        let configuration = configuration(inputWidth: preparation.width, recurrent: recurrent)
        let network = RecurrentNetwork<Float>(configuration, initialiser: initialiser, using: &generator)
        let steps = stepCount(
            sequences: training.count, batchSize: recipe.batchSize, epochs: recipe.epochs)
        var settings = settings(steps: steps)
        settings.batchSize = recipe.batchSize
        settings.seed = seed
        let few = 0..<min(16, training.count)
        let batch = try inputs.batch(few)
        let targets: Targets<Float> = batch.targets(perSequence: Array(classes[few]))
        let objective = try Objective(
            .crossEntropy, targets, on: batch, for: network, reduction: .meanOverSteps)
        return TrainingPlan(
            network: network, data: .sequences(try inputs.dataSet(classes: classes)), settings: settings,
            probe: Probe(batch: batch, objective: objective))
    }

    func model(_ network: RecurrentNetwork<Float>, fold: Int) -> Classifier {
        Classifier(network, preparation(data.training(fold: fold)))
    }

    func heldOut(fold: Int) -> LabelledSequences { data.heldOut(fold: fold) }

    func findings(_ model: Classifier, fold: Int) throws -> [Finding] {
        [.confusion(try model.confusion(heldOut(fold: fold)))]
    }

    /// The share of the most frequent class.
    func majority() throws -> Baselines.Entry {
        let score = try meanOverFolds { training, test in
            var counts: [String: Int] = [:]
            for label in training.labels { counts[label, default: 0] += 1 }
            let most = data.labels.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ""
            return accuracy(test.labels.map { _ in most }, test.labels)
        }
        return .init(name: "majority class", score: score)
    }

    /// The class of the nearest sequence by dynamic time warping, of values that are standardised alike; nil where that
    /// would take minutes.
    func nearestNeighbour() throws -> Baselines.Entry? {
        let steps = data.sequences.steps.count
        guard Double(steps) * Double(steps) * Double(folds) < 2e10 else { return nil }
        let score = try meanOverFolds { training, test in
            // Values only: changes are what the warping finds by itself.
            let scales = Preparation(fittedTo: training, labels: data.labels)
            guard case .values(let known) = try scales.inputs(training),
                case .values(let asked) = try scales.inputs(test)
            else { return .nan }
            let found = NearestNeighbour.predictions(asked, (known, try scales.classes(training)))
            return accuracy(found, try scales.classes(test))
        }
        return .init(name: "nearest neighbour, dynamic time warping", score: score)
    }

    /// The same network without W_s, trained the same way: what can be told from the steps one by one.
    func withoutRecurrence() throws -> Baselines.Entry {
        let score = try meanOverFolds { training, test in
            let plan = try plan(training, seed: 1, recurrent: false)
            let trainer = try Trainer(plan.network, on: plan.data, plan.settings)
            try trainer.run()
            let model = Classifier(trainer.network, preparation(training))
            return accuracy(try model.predictions(test), try model.preparation.classes(test))
        }
        return .init(name: "the same network without recurrence", score: score)
    }

    func meanOverFolds(_ score: (LabelledSequences, LabelledSequences) throws -> Double) throws -> Double {
        mean(try (0..<folds).map { try score(data.training(fold: $0), data.heldOut(fold: $0)) })
    }
}

/// The share of predictions that are right.
func accuracy<Class: Equatable>(_ predictions: [Class], _ truth: [Class]) -> Double {
    Double(zip(predictions, truth).count { $0 == $1 }) / Double(truth.count)
}
