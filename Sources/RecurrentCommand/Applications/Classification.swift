import RecurrentLinearAlgebra
import Recurrent

/// An application that classifies whole sequences.
protocol Classification: Application where Model == Classifier {
    var data: FoldedSequences { get }
    var recipe: Recipe { get }
    /// The distribution of the weights of Elman cells.
    var initialiser: Initialiser { get }
    /// The states that the output is computed from.
    var readOut: ReadOut { get }

    /// The preparation of sequences, fitted to the training data.
    func preparation(_ training: LabelledSequences) -> Preparation
    func configuration(inputWidth: Int, recurrent: Bool) -> NetworkConfiguration
    /// The settings of a training of `steps` steps, but for batch size and seed.
    func settings(steps: Int) -> TrainingSettings
}

extension Classification {
    var measure: Measure { Measure(name: "accuracy", isBetterWhenLower: false, decimals: 3) }
    var folds: Int { data.folds }
    var initialiser: Initialiser { .uniform }
    var readOut: ReadOut { .meanOverSteps }

    /// The network of the recipe.
    func configuration(inputWidth: Int, recurrent: Bool) -> NetworkConfiguration {
        recipe.configuration(
            inputWidth: inputWidth, outputWidth: data.labels.count, output: .softmax, readOut: readOut,
            recurrent: recurrent)
    }

    func preparation(_ training: LabelledSequences) -> Preparation {
        Preparation(fittedTo: training, labels: data.labels)
    }

    func plan(fold: Int, seed: UInt64) throws -> TrainingPlan<Float> {
        try plan(data.training(fold: fold), seed: seed, recurrent: true)
    }

    /// The training of the network, or of the same network without recurrence.
    func plan(_ training: LabelledSequences, seed: UInt64, recurrent: Bool) throws -> TrainingPlan<Float> {
        let preparation = preparation(training)
        let (inputs, classes) = (try preparation.inputs(training), try preparation.classes(training))
        let network = RecurrentNetwork<Float>(
            configuration(inputWidth: preparation.width, recurrent: recurrent), elman: initialiser, seed: seed
        )
        let steps = stepCount(
            sequences: training.count, batchSize: recipe.batchSize, epochs: recipe.epochs)
        var settings = settings(steps: steps)
        settings.batchSize = recipe.batchSize
        settings.seed = seed
        return TrainingPlan(
            network: network, data: .sequences(try inputs.dataSet(classes: classes)), settings: settings,
            probe: try probe(inputs, classes, network))
    }

    /// The first 16 sequences.
    private func probe(
        _ inputs: PreparedInputs, _ classes: [Int], _ network: RecurrentNetwork<Float>
    ) throws -> Probe<Float> {
        let first = 0..<min(16, classes.count)
        let batch = try inputs.batch(first)
        let targets: Targets<Float> = try batch.targets(perSequence: Array(classes[first]))
        let objective = try Objective(
            .crossEntropy, targets, on: batch, for: network, reduction: .meanOverSteps)
        return Probe(batch: batch, objective: objective)
    }

    func model(_ network: RecurrentNetwork<Float>, fold: Int) -> Classifier {
        Classifier(network, preparation(data.training(fold: fold)))
    }

    func heldOut(fold: Int) -> LabelledSequences { data.heldOut(fold: fold) }

    func findings(_ model: Classifier, fold: Int) throws -> [Finding] {
        [.confusion(try model.confusion(heldOut(fold: fold)))]
    }
}
