import LinearAlgebra
import Recurrent

/// Sequences with a class each.
struct LabelledSequences {
    enum Inputs {
        case values([[[Float]]])
        case tokens([[Int]], vocabulary: Int)
    }

    let inputs: Inputs
    let classes: [Int]

    /// I
    var width: Int {
        switch inputs {
        case .values(let values): values.first?.first?.count ?? 0
        case .tokens(_, let vocabulary): vocabulary
        }
    }

    func dataSet() throws -> SequenceDataSet<Float> {
        switch inputs {
        case .values(let values): try SequenceDataSet(values, targets: .classPerSequence(classes))
        case .tokens(let tokens, let vocabulary):
            try SequenceDataSet(tokens: tokens, vocabulary: vocabulary, targets: .classPerSequence(classes))
        }
    }

    func batch(_ range: Range<Int>) throws -> SequenceBatch<Float> {
        switch inputs {
        case .values(let values): try SequenceBatch(Array(values[range]))
        case .tokens(let tokens, let vocabulary):
            try SequenceBatch(tokens: Array(tokens[range]), vocabulary: vocabulary)
        }
    }

    /// The classes that a network gives the sequences.
    func predictions(of network: ElmanNetwork<Float>) throws -> [Int] {
        try stride(from: 0, to: classes.count, by: 256).flatMap { start in
            let outputs = try network.forward(batch(start..<min(start + 256, classes.count))).outputs
            return outputs.rowArrays.map { row in row.indices.max { row[$0] < row[$1] } ?? 0 }
        }
    }
}

/// What is learned from and what is tested on.
struct Split {
    let training: LabelledSequences
    let test: LabelledSequences
}

/// An application that tells sequences apart, each as a whole.
protocol Classification: Application where Element == Float {
    /// The classes' names.
    var labels: [String] { get }
    var batchSize: Int { get }
    var epochs: Int { get }
    var initialiser: Initialiser { get }

    func split(fold: Int) throws -> Split
    func configuration(inputWidth: Int, recurrent: Bool) -> ElmanConfiguration
    /// What differs from Adam with clipping at norm 1.
    func settings(steps: Int) -> TrainingSettings
}

extension Classification {
    static var measure: Measure { Measure(name: "accuracy", isBetterWhenLower: false, decimals: 3) }
    var initialiser: Initialiser { .uniform }

    func plan(fold: Int, seed: UInt64) throws -> TrainingPlan<Float> {
        try plan(split(fold: fold).training, seed: seed, recurrent: true)
    }

    private func plan(
        _ training: LabelledSequences, seed: UInt64, recurrent: Bool
    ) throws -> TrainingPlan<Float> {
        var generator = RandomGenerator(seed: seed)
        let configuration = configuration(inputWidth: training.width, recurrent: recurrent)
        let network = ElmanNetwork<Float>(configuration, initialiser: initialiser, using: &generator)
        let count = training.classes.count
        var settings = settings(steps: stepCount(sequences: count, batchSize: batchSize, epochs: epochs))
        settings.batchSize = batchSize
        settings.seed = seed
        let few = 0..<min(16, count)
        let batch = try training.batch(few)
        let targets: Targets<Float> = batch.targets(perSequence: Array(training.classes[few]))
        let objective = try Objective(
            .crossEntropy, targets, on: batch, for: configuration, reduction: .meanOverSteps)
        return TrainingPlan(
            network: network, data: .sequences(try training.dataSet()), settings: settings,
            probe: Probe(batch: batch, objective: objective))
    }

    func score(_ network: ElmanNetwork<Float>, fold: Int) throws -> Double {
        let test = try split(fold: fold).test
        return accuracy(try test.predictions(of: network), test.classes)
    }

    func findings(_ network: ElmanNetwork<Float>, fold: Int) throws -> [Finding] {
        let test = try split(fold: fold).test
        var counts = Array(repeating: Array(repeating: 0, count: labels.count), count: labels.count)
        for (truth, found) in zip(test.classes, try test.predictions(of: network)) {
            counts[truth][found] += 1
        }
        return [.confusion(ConfusionMatrix(labels: labels, counts: counts))]
    }

    /// The share of the most frequent class.
    func majority() throws -> Baselines.Entry {
        let score = try meanOverFolds { split in
            let counts = labels.indices.map { label in split.training.classes.count { $0 == label } }
            let most = counts.indices.max { counts[$0] < counts[$1] } ?? 0
            return accuracy(split.test.classes.map { _ in most }, split.test.classes)
        }
        return .init(name: "majority class", score: score)
    }

    /// The same network without W_s, trained the same way: what can be told from the steps one by one.
    func withoutRecurrence() throws -> Baselines.Entry {
        let score = try meanOverFolds { split in
            let plan = try plan(split.training, seed: 1, recurrent: false)
            let trainer = try Trainer(plan.network, on: plan.data, plan.settings)
            try trainer.run()
            return accuracy(try split.test.predictions(of: trainer.network), split.test.classes)
        }
        return .init(name: "the same network without recurrence", score: score)
    }

    func meanOverFolds(_ score: (Split) throws -> Double) throws -> Double {
        mean(try (0..<folds).map { try score(try split(fold: $0)) })
    }
}

/// The share of predictions that are right.
func accuracy(_ predictions: [Int], _ truth: [Int]) -> Double {
    Double(zip(predictions, truth).count { $0 == $1 }) / Double(truth.count)
}

/// Standardises every channel by what is learned from.
func standardised(_ training: [[[Double]]], _ test: [[[Double]]]) -> ([[[Float]]], [[[Float]]]) {
    let steps = training.joined()
    let maps = (training.first?.first ?? []).indices.map { channel in
        Standardisation(fittedTo: steps.map { $0[channel] })
    }
    func apply(_ sequences: [[[Double]]]) -> [[[Float]]] {
        sequences.map { $0.map { step in zip(maps, step).map { Float($0.standardise($1)) } } }
    }
    return (apply(training), apply(test))
}
