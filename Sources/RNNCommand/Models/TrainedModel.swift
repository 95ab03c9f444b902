import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// A network with all that is needed to use it on data as people have them: columns and units, symbols, classes.
protocol TrainedModel: SendableMetatype {
    associatedtype Element: Scalar
    /// Data with what would be right.
    associatedtype TestData

    var network: RecurrentNetwork<Element> { get }
    /// What a model file holds beside the weights.
    var metadata: [String: String] { get }

    /// A model file, or nil if it is of another kind.
    init?(_ file: Safetensors, path: String) throws

    /// Reads one's own data.
    func testData(_ options: DataOptions) throws -> TestData
    func evaluate(_ data: TestData) throws -> Evaluation
    /// What the network makes of one's own data, or of texts.
    func predict(_ options: DataOptions, texts: [String]) throws -> Table
}

extension TrainedModel {
    func evaluation(_ options: DataOptions) throws -> Evaluation { try evaluate(testData(options)) }
}

/// How a network does on data with what would be right.
struct Evaluation {
    /// In units of the application's measure.
    let score: Double
    let table: Table
    /// What else people want to read.
    var note: String?
}

/// The model of a run, or a model file.
func trainedModel(at path: String) throws -> any TrainedModel {
    let path = try RunFolder.model(path)
    let file = try Safetensors(contentsOf: path)
    let kinds: [any TrainedModel.Type] = [SeriesModel.self, LanguageModel.self, Classifier.self]
    for kind in kinds {
        if let model = try kind.init(file, path: path) { return model }
    }
    throw CommandFailure(
        "\(path): this file does not say what its network is for; train one with rnn train, or look into this one with rnn inspect"
    )
}

/// What a kind of model keeps beside its weights, as JSON under one key of the file's metadata.
protocol ModelCard: Codable {
    static var key: String { get }

    /// What keeps the card from being one of this network, or nil.
    func problem(with configuration: NetworkConfiguration) -> String?
}

extension ModelCard {
    var metadata: [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [Self.key: String(decoding: (try? encoder.encode(self)) ?? Data(), as: UTF8.self)]
    }

    /// The card of a file, or nil if there is none.
    init?(_ file: Safetensors, path: String) throws {
        guard let text = file.metadata[Self.key] else { return nil }
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
        } catch {
            throw FileError(
                path: path,
                problem:
                    "the metadata '\(Self.key)' are not what rnn writes; the file is damaged, train again")
        }
    }

    func network<S: Scalar>(path: String) throws -> RecurrentNetwork<S> {
        let network = try RecurrentNetwork<S>(contentsOf: path)
        if let problem = problem(with: network.configuration) {
            throw FileError(
                path: path, problem: "the metadata '\(Self.key)' do not fit the network: \(problem)")
        }
        return network
    }
}
