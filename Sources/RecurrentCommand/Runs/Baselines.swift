/// The scores of simpler models, in the units of the run's measure.
struct Baselines: Codable, Equatable, Sendable {
    struct Entry: Codable, Equatable, Sendable {
        let name: String
        let score: Double
    }

    let entries: [Entry]
}
