/// A warning of a training.
struct Warning: Codable, Equatable, Sendable {
    let training: Int
    let text: String
}
