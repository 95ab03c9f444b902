/// The result of a training on held-out data.
struct TrainingResult: Codable, Equatable, Sendable {
    let training: Int
    let seed: UInt64
    let fold: Int
    /// The epoch whose parameters were kept.
    let epoch: Int
    /// In the units of the run's measure.
    let score: Double
    let seconds: Double
}
