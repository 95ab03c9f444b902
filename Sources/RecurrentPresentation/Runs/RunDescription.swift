/// The description of a run in `run.json`: enough to resume the run, and to describe it in the report.
package struct RunDescription: Codable, Equatable, Sendable {
    /// The application's name.
    package let application: String
    /// The measure of its scores.
    package let measure: Measure
    /// The arguments of `rnn train` that began the run, without its folder.
    package let arguments: [String]
    /// The time when it began, in ISO 8601.
    package let began: String
    /// The number of networks that are trained: seeds times folds.
    package let trainings: Int
    package let folds: Int
    /// The network in words, such as "30 inputs, 64 tanh units, 9 softmax outputs".
    package let network: String
    package let parameters: Int
    /// nil in runs older than the choice of a cell; they have Elman cells.
    package let cell: CellKind?
    /// Names and values about data and settings, in the order in which the report shows them.
    package let facts: [Fact]
    /// The global norm at which gradients are clipped; nil if they are not.
    package var clipNorm: Double?
    /// The user's own data.
    package var files: [DataFile] = []

    package struct Fact: Codable, Equatable, Sendable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        application: String, measure: Measure, arguments: [String], began: String, trainings: Int, folds: Int,
        network: String, parameters: Int, cell: CellKind? = nil, facts: [Fact], clipNorm: Double? = nil,
        files: [DataFile] = []
    ) {
        self.application = application
        self.measure = measure
        self.arguments = arguments
        self.began = began
        self.trainings = trainings
        self.folds = folds
        self.network = network
        self.parameters = parameters
        self.cell = cell
        self.facts = facts
        self.clipNorm = clipNorm
        self.files = files
    }
}
