/// The scores of simpler models, in the units of the run's measure.
package struct Baselines: Codable, Equatable, Sendable {
    package struct Entry: Codable, Equatable, Sendable {
        package let name: String
        package let score: Double

        package init(name: String, score: Double) {
            self.name = name
            self.score = score
        }
    }

    package let entries: [Entry]

    package init(entries: [Entry]) {
        self.entries = entries
    }
}
