/// The description of a run in `run.json`: enough to resume the run, and to describe it in the report.
struct RunDescription: Codable, Equatable, Sendable {
    /// The application's name.
    let application: String
    /// The measure of its scores.
    let measure: Measure
    /// The arguments of `rnn train` that began the run, without its folder.
    let arguments: [String]
    /// The time when it began, in ISO 8601.
    let began: String
    /// The number of networks that are trained: seeds times folds.
    let trainings: Int
    let folds: Int
    /// The network in words, such as "30 inputs, 64 tanh units, 9 softmax outputs".
    let network: String
    let parameters: Int
    /// Names and values about data and settings, in the order in which the report shows them.
    let facts: [Fact]
    /// The global norm at which gradients are clipped; nil if they are not.
    var clipNorm: Double?
    /// The user's own data.
    var files: [DataFile] = []

    struct Fact: Codable, Equatable, Sendable {
        let name: String
        let value: String
    }
}
