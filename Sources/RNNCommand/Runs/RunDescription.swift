import Foundation

/// What a run is, in `run.json`: enough to go on with it, and to say it in the report.
struct RunDescription: Codable, Equatable, Sendable {
    /// The application's name.
    let application: String
    /// What the score is.
    let measure: Measure
    /// The words behind `rnn train` that began the run, but for its folder.
    let arguments: [String]
    /// When it began, in ISO 8601.
    let began: String
    /// How many networks are trained: seeds times folds.
    let trainings: Int
    let folds: Int
    /// The network in words, such as "30 inputs, 64 tanh units, 9 softmax outputs".
    let network: String
    let parameters: Int
    /// What the report's head says of data and settings: names and values, in order.
    let facts: [Fact]
    /// The global norm to which gradients are clipped; nil if they are not.
    var clipNorm: Double?
    /// One's own data.
    var files: [DataFile] = []

    struct Fact: Codable, Equatable, Sendable {
        let name: String
        let value: String
    }
}

/// What a network is judged by on data that it has not seen.
struct Measure: Codable, Equatable, Sendable {
    /// "accuracy", "RMSE", "bits per character"
    let name: String
    let isBetterWhenLower: Bool
    /// Digits behind the point that mean something.
    let decimals: Int
}
