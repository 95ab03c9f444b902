import Foundation
import Recurrent

/// The way in which the next symbol is drawn from the probabilities of a language model.
struct Sampler {
    /// Below 1 likely symbols become likelier; at 0 the likeliest is always taken.
    let temperature: Double
    /// The number of likeliest symbols to draw from; all if nil.
    let topK: Int?
    /// The probability that the likeliest symbols to draw from have together; all are drawn from if nil.
    let topP: Double?

    /// The index of a drawn symbol.
    func draw(from probabilities: [Double], using generator: inout RandomGenerator) -> Int {
        let ranked = probabilities.indices.sorted {
            (probabilities[$1], $0) < (probabilities[$0], $1)
        }
        guard temperature > 0, let likeliest = ranked.first else { return ranked.first ?? 0 }
        // Relative to the likeliest, lest low temperatures underflow.
        var weights = ranked.map { pow(probabilities[$0] / probabilities[likeliest], 1 / temperature) }
        if let topK { weights = Array(weights.prefix(topK)) }
        if let topP {
            let all = weights.reduce(0, +)
            var sum = 0.0
            let end = weights.firstIndex { weight in
                sum += weight
                return sum >= topP * all
            }
            if let end { weights = Array(weights.prefix(end + 1)) }
        }
        var rest = generator.uniform() * weights.reduce(0, +)
        for (rank, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return ranked[rank] }
        }
        return ranked[weights.count - 1]
    }

    /// Generates text: every symbol that is drawn is the next input.
    ///
    /// - Parameter show: called with every symbol as soon as it is drawn.
    @discardableResult func symbols(
        of model: LanguageModel, after prompt: String, count: Int, using generator: inout RandomGenerator,
        show: (SampledText.Symbol) throws -> Void = { _ in }
    ) throws -> [SampledText.Symbol] {
        let (network, vocabulary) = (model.network, model.vocabulary)
        var state = network.state(sequences: 1)
        for token in try model.prompt(prompt) { try network.step(tokens: [token], &state) }
        let blank = vocabulary.kind == .characters ? "" : " "
        var symbols: [SampledText.Symbol] = []
        while symbols.count < count {
            var probabilities = state.outputs.rowArrays[0].map { Double($0) }
            // The placeholder for unknown symbols is never written.
            if let unknown = vocabulary.unknownIndex { probabilities[unknown] = 0 }
            let token = draw(from: probabilities, using: &generator)
            let symbol = SampledText.Symbol(
                text: blank + vocabulary.symbol(token), probability: probabilities[token])
            try show(symbol)
            symbols.append(symbol)
            try network.step(tokens: [token], &state)
        }
        return symbols
    }
}
