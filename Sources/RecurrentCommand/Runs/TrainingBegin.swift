/// The beginning of a training of a run.
struct TrainingBegin: Codable, Equatable, Sendable {
    /// Counted from 1.
    let training: Int
    let seed: UInt64
    /// The part of the data that is held out, counted from 1.
    let fold: Int
    let epochs: Int
}
