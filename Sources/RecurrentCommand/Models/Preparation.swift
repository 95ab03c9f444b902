import RecurrentLinearAlgebra
import Recurrent

/// The preparation of sequences for a network, fitted to the training data, and the names of its outputs.
struct Preparation: ModelCard, Equatable {
    static let key = "classes"

    enum Inputs: Codable, Equatable {
        /// Channels, standardised by `maps`. If `changes`, the change of each channel since the previous step follows
        /// the channels.
        case channels(maps: [Standardisation], changes: Bool)
        /// Words. The token of a known word is its position counted from 1; 0 stands for all others.
        case words(known: [String])
    }

    let labels: [String]
    let inputs: Inputs

    /// I
    var width: Int {
        switch inputs {
        case .channels(let maps, _): maps.count
        case .words(let words): words.count + 1
        }
    }

    /// - Parameters:
    ///   - changes: true if the changes of channels are inputs too.
    ///   - labels: the classes in the order of the outputs.
    init(fittedTo training: LabelledSequences, changes: Bool = false, labels: [String]) {
        self.labels = labels
        switch training.steps {
        case .values(let values):
            let steps = values.flatMap { changes ? Self.withChanges($0) : $0 }
            let width = (values.first?.first?.count ?? 0) * (changes ? 2 : 1)
            inputs = .channels(
                maps: (0..<width).map { channel in Standardisation(fittedTo: steps.map { $0[channel] }) },
                changes: changes)
        case .words(let texts):
            var counts: [String: Int] = [:]
            for word in texts.joined() { counts[word, default: 0] += 1 }
            // A word that occurs once says little about its use.
            inputs = .words(known: counts.filter { $0.value > 1 }.keys.sorted())
        }
    }

    func problem(with configuration: NetworkConfiguration) -> String? {
        if configuration.inputWidth != width { return "\(width) inputs, not \(configuration.inputWidth)" }
        if configuration.outputWidth != labels.count {
            return "\(labels.count) classes for \(configuration.outputWidth) outputs"
        }
        if !configuration.isPooled || configuration.output != .softmax {
            return "it must have one softmax output per sequence"
        }
        guard case .channels(let maps, let changes) = inputs else { return nil }
        let areMaps = maps.allSatisfy { $0.mean.isFinite && $0.deviation.isFinite && $0.deviation > 0 }
        return areMaps && (!changes || maps.count % 2 == 0) ? nil : "a scale for each channel is missing"
    }

    /// The index of each sequence's class in `labels`.
    func classes(_ sequences: LabelledSequences) throws -> [Int] {
        let indices = Dictionary(zip(labels, labels.indices), uniquingKeysWith: { first, _ in first })
        return try sequences.labels.enumerated().map { sequence, label in
            guard let index = indices[label] else {
                let known = labels.map { "'\($0)'" }.joined(separator: ", ").shortened(to: 300)
                throw CommandFailure(
                    "sequence \(sequence + 1) has the class '\(label.printable)', which the network does not know; it knows \(known)"
                )
            }
            return index
        }
    }

    /// The inputs of a network for these sequences.
    func inputs(_ sequences: LabelledSequences) throws -> PreparedInputs {
        switch (inputs, sequences.steps) {
        case (.channels(let maps, let changes), .values(let values)):
            let width = changes ? maps.count / 2 : maps.count
            let found = values.first?.first?.count ?? width
            guard found == width else {
                throw CommandFailure(
                    "the sequences have \(found) channels, but the network takes \(width)")
            }
            return .values(
                values.map { sequence in
                    (changes ? Self.withChanges(sequence) : sequence).map { step in
                        zip(maps, step).map { Float($0.standardise($1)) }
                    }
                })
        case (.words(let known), .words(let texts)):
            let tokens = Dictionary(zip(known, 1...), uniquingKeysWith: { first, _ in first })
            return .tokens(texts.map { $0.map { tokens[$0] ?? 0 } }, vocabulary: known.count + 1)
        default:
            throw CommandFailure("the network reads another kind of sequence")
        }
    }

    private static func withChanges(_ steps: [[Double]]) -> [[Double]] {
        steps.indices.map { step in
            steps[step] + zip(steps[step], steps[max(0, step - 1)]).map { $0 - $1 }
        }
    }
}
