import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// The data that a kind of model keeps beside its weights, as JSON under one key of the file's metadata.
protocol ModelCard: Codable {
    static var key: String { get }

    /// The first reason why the card does not belong to a network, or nil.
    func problem(with configuration: NetworkConfiguration) -> String?
}

extension ModelCard {
    var metadata: [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [Self.key: String(decoding: (try? encoder.encode(self)) ?? Data(), as: UTF8.self)]
    }

    /// Reads the card of a file; nil if there is none.
    init?(_ file: Safetensors, path: String) throws {
        guard let text = file.metadata[Self.key] else { return nil }
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
        } catch {
            throw FileError(
                path: path,
                problem:
                    "the metadata '\(Self.key)' cannot be read; the file is damaged, train again")
        }
    }

    func network<S: Scalar>(path: String) throws -> RecurrentNetwork<S> {
        let network = try RecurrentNetwork<S>(contentsOf: path)
        if let problem = problem(with: network.configuration) {
            throw FileError(
                path: path, problem: "the metadata '\(Self.key)' do not match the network: \(problem)")
        }
        return network
    }
}
