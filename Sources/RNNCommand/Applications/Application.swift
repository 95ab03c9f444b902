import LinearAlgebra
import Recurrent

/// A use of recurrent networks: data, a network and its training, what it is judged by, and what else could do.
protocol Application: SendableMetatype {
    associatedtype Element: Scalar

    /// What the command calls it.
    static var name: String { get }
    /// In a line.
    static var summary: String { get }
    static var measure: Measure { get }

    /// Reads its data.
    init() throws

    /// How many parts of the data are held out, one after the other; 1 where there is one part to be tested on.
    var folds: Int { get }
    /// What a report says of data and settings.
    var facts: [RunDescription.Fact] { get }

    /// The training of a network that is tested on the held-out part `fold`, counted from 0.
    func plan(fold: Int, seed: UInt64) throws -> TrainingPlan<Element>
    /// The measure of a trained network on its held-out part.
    func score(_ network: ElmanNetwork<Element>, fold: Int) throws -> Double
    /// Measures of models that need no recurrent network, over all parts.
    func baselines() throws -> [Baselines.Entry]
    /// What a trained network does, for the report.
    func findings(_ network: ElmanNetwork<Element>, fold: Int) throws -> [Finding]
    /// What is needed beside the weights to use a network on other data.
    func metadata(fold: Int) -> [String: String]
}

/// All of them.
let applications: [any Application.Type] = [
    Sunspots.self, KingJames.self, Tweets.self, SpokenVowels.self, HandMovements.self,
]

/// A network at its beginning, and how it is trained.
struct TrainingPlan<S: Scalar> {
    let network: ElmanNetwork<S>
    let data: TrainingData<S>
    var validation: TrainingData<S>?
    let settings: TrainingSettings
    /// A few sequences on which the network is looked into after every epoch.
    let probe: Probe<S>
}

/// A batch that stays the same, with what the network should make of it.
struct Probe<S: Scalar> {
    let batch: SequenceBatch<S>
    let objective: Objective<S>
}

/// How long a schedule is.
func stepCount(sequences: Int, batchSize: Int, epochs: Int) -> Int {
    epochs * ((sequences + batchSize - 1) / batchSize)
}
