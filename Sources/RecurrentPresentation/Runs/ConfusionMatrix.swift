/// The number of sequences of each class that were classified as each class.
package struct ConfusionMatrix: Codable, Equatable, Sendable {
    package let labels: [String]
    /// A row for each true class, a column for each predicted one.
    package var counts: [[Int]]

    package init(labels: [String], counts: [[Int]]) {
        self.labels = labels
        self.counts = counts
    }
}
