/// Text drawn from a language model.
struct SampledText: Codable, Equatable, Sendable {
    struct Symbol: Codable, Equatable, Sendable {
        let text: String
        /// The probability that the network gave the symbol.
        let probability: Double
    }

    let prompt: String
    let temperature: Double
    let symbols: [Symbol]
}
