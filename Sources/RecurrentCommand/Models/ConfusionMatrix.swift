/// The number of sequences of each class that were classified as each class.
struct ConfusionMatrix: Codable, Equatable, Sendable {
    let labels: [String]
    /// A row for each true class, a column for each predicted one.
    var counts: [[Int]]
}
