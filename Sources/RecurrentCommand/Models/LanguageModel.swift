import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// A network that reads a text symbol by symbol and predicts the next one.
struct LanguageModel: TrainedModel {
    let network: RecurrentNetwork<Float>
    let vocabulary: Vocabulary
    /// The number of symbols that are evaluated together; the state is carried from window to window.
    private static let window = 4096

    init(_ network: RecurrentNetwork<Float>, _ vocabulary: Vocabulary) {
        (self.network, self.vocabulary) = (network, vocabulary)
    }

    init?(_ file: Safetensors, path: String) throws {
        do throws(VocabularyError) {
            guard let vocabulary = try Vocabulary(metadata: file.metadata) else { return nil }
            self.vocabulary = vocabulary
        } catch {
            throw FileError(path: path, problem: error.description)
        }
        network = try RecurrentNetwork<Float>(contentsOf: path)
        let configuration = network.configuration
        guard configuration.inputWidth == vocabulary.count, configuration.outputWidth == vocabulary.count,
            configuration.output == .softmax, !configuration.isPooled, !configuration.isBidirectional
        else {
            throw FileError(
                path: path,
                problem:
                    "this network is not a language model: it must read forwards and have a softmax output for each of the \(vocabulary.count) symbols"
            )
        }
    }

    var metadata: [String: String] { vocabulary.metadata }
    var unit: String { vocabulary.kind == .characters ? "character" : "word" }

    /// A text in memory, or a file of any size, of which only a window is in memory at a time.
    enum TestData {
        case tokens([Int])
        case file(String)
    }

    func testData(_ options: DataOptions) throws -> TestData {
        try options.require(only: ["--data"], for: "a language model")
        return .file(try options.required())
    }

    /// The mean of −log₂ p over the symbols of a text, which follows a line end.
    func evaluate(_ data: TestData) throws -> Evaluation {
        var reading = Reading(self)
        switch data {
        case .tokens(let tokens):
            for start in stride(from: 0, to: tokens.count, by: Self.window) {
                try reading.read(Array(tokens[start..<min(start + Self.window, tokens.count)]))
            }
        case .file(let path):
            var reader = try TextReader(path, vocabulary: vocabulary)
            var window: [Int32] = []
            while try reader.next(Self.window, into: &window) { try reading.read(window.map { Int($0) }) }
            if reading.symbols == 0 { throw FileError(path: path, problem: "the file has no text") }
        }
        let bits = reading.bits / Double(reading.symbols)
        var table = Table(["\(unit)s", "unknown", "bits per \(unit)", "perplexity"], leftAligned: 0)
        table.add([
            Cell(reading.symbols), Cell(reading.unknown), Cell(bits, decimals: 4),
            Cell(exp2(bits), decimals: 3),
        ])
        return Evaluation(score: bits, table: table)
    }

    /// The sums over the part of a text that has been read, and the state after it.
    private struct Reading {
        private(set) var bits = 0.0
        private(set) var symbols = 0
        private(set) var unknown = 0
        private let model: LanguageModel
        private let unfolding: Unfolding<Float>
        private var last: [Int]
        private var state: Matrix<Float>?

        init(_ model: LanguageModel) {
            self.model = model
            unfolding = Unfolding(for: model.network)
            last = model.beginning
        }

        mutating func read(_ tokens: [Int]) throws {
            let batch = try SequenceBatch<Float>(
                tokens: [last + tokens.dropLast()], vocabulary: model.vocabulary.count)
            let targets: Targets<Float> = try batch.targets(everyStep: [tokens])
            let objective = try Objective(.crossEntropy, targets, on: batch, for: model.network)
            bits += try unfolding.loss(of: model.network, on: batch, objective, from: state) / log(2)
            state = unfolding.finalState
            symbols += tokens.count
            unknown += tokens.count { $0 == model.vocabulary.unknownIndex }
            last = tokens.suffix(1)
        }
    }

    /// The symbol before a text: a line end, or the first symbol if the vocabulary has none.
    private var beginning: [Int] { [vocabulary.index(of: "\n") ?? 0] }

    /// The tokens of a prompt; at least one.
    func prompt(_ text: String) throws -> [Int] {
        if text.isEmpty { return beginning }
        if vocabulary.kind == .characters {
            for (index, scalar) in text.unicodeScalars.enumerated()
            where vocabulary.index(of: String(scalar)) == nil {
                throw CommandFailure(
                    "character \(index + 1) of '\(text)', '\(scalar)', is not among the \(vocabulary.count) characters that the network knows; leave it out"
                )
            }
        }
        let tokens = try vocabulary.tokens(of: text)
        return tokens.isEmpty ? beginning : tokens
    }

    /// The ten likeliest symbols after each text.
    func predict(_ options: DataOptions, texts: [String]) throws -> Table {
        guard options.given.isEmpty, !texts.isEmpty else {
            throw CommandFailure(
                "this is a language model: give the text before the next symbol with --text")
        }
        var table = Table(["text", "next", "probability"], leftAligned: 2, shownOnce: ["text"])
        for text in texts {
            var state = network.state(sequences: 1)
            for token in try prompt(text) { try network.step(tokens: [token], &state) }
            let probabilities = state.outputs.rowArrays[0]
            let ranked = probabilities.indices.sorted { (probabilities[$1], $0) < (probabilities[$0], $1) }
            for index in ranked.prefix(10) {
                let symbol = vocabulary.symbol(index) == "\n" ? "\\n" : vocabulary.symbol(index)
                table.add([Cell(text), Cell(symbol), Cell(Double(probabilities[index]), decimals: 4)])
            }
        }
        return table
    }
}
