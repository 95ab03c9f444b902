import Foundation
import Recurrent
import Testing

@testable import RecurrentCommand
@testable import RecurrentPresentation

/// The example of the documentation, word for word.
struct Recall: Classification {
    static let name = "recall"
    static let summary = "recall: was the first of ten bits a one?"
    static let options: Set<String> = []

    let data: FoldedSequences
    let recipe: Recipe
    let initialiser = Initialiser.orthogonal

    init(_ options: TrainingOptions) throws {
        recipe = Recipe(stateWidth: 16, epochs: 20, batchSize: 16, learningRate: 0.01).with(options)
        var generator = RandomGenerator(seed: 1)
        let steps = (0..<600).map { _ in (0..<10).map { _ in [Double(generator.next() >> 63)] } }
        let labels = steps.map { $0[0] == [1] ? "one" : "zero" }
        data = FoldedSequences(
            LabelledSequences(steps: .values(steps), labels: labels), folds: 3,
            foldOf: steps.indices.map { $0 % 3 }, labels: ["zero", "one"])
    }

    var facts: [RunDescription.Fact] {
        [.init(name: "data", value: "\(data.sequences.count) sequences of ten bits")]
    }

    func configuration(inputWidth: Int, recurrent: Bool) -> NetworkConfiguration {
        NetworkConfiguration(
            inputWidth: inputWidth,
            layers: [RecurrentLayer(stateWidth: recipe.stateWidth, recurrent: recurrent)],
            outputWidth: 2, output: .softmax, readOut: .lastStep)
    }

    func settings(steps: Int) -> TrainingSettings {
        TrainingSettings(
            loss: .crossEntropy, schedule: .cosine(recipe.learningRate, steps: steps), epochs: recipe.epochs)
    }

    func baselines() throws -> [Baselines.Entry] { [try majority(), try withoutRecurrence()] }
}

@Suite struct SixthApplicationTests {
    @Test func anApplicationIsItsDataSettingsAndBaselines() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let recall = try Recall(TrainingOptions.parse([]))
        let description = RunDescription(
            application: Recall.name, measure: recall.measure, arguments: [Recall.name], began: "",
            trainings: recall.folds, folds: recall.folds, network: "", parameters: 0, facts: recall.facts)
        let folder = try RunFolder(creating: path, description) { ReportPage($0, $1, $2).html }
        try TrainingRun(recall, in: folder, seeds: [1]).train()
        let scores = ScoreSummary(folder.record.results, folds: recall.folds)
        #expect(try #require(scores.median) > 0.98)
        let without = try #require(folder.record.baselines.last)
        #expect(without.score < 0.65, "it sees the last bit only")
        // The model can be used like any other.
        let model = try #require(try ModelFile.read(path) as? Classifier)
        #expect(try model.evaluate(recall.heldOut(fold: 0)).score == folder.record.results[0].score)
    }
}
