/// Text drawn from a language model.
package struct SampledText: Codable, Equatable, Sendable {
    package struct Symbol: Codable, Equatable, Sendable {
        package let text: String
        /// The probability that the network gave the symbol.
        package let probability: Double

        package init(text: String, probability: Double) {
            self.text = text
            self.probability = probability
        }
    }

    package let prompt: String
    package let temperature: Double
    package let symbols: [Symbol]

    package init(prompt: String, temperature: Double, symbols: [Symbol]) {
        self.prompt = prompt
        self.temperature = temperature
        self.symbols = symbols
    }
}
