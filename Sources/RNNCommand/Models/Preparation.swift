import RecurrentLinearAlgebra
import Recurrent

/// What is done to sequences before a network reads them, fitted to those that it learns from; and what its outputs are
/// called.
struct Preparation: ModelCard, Equatable {
    static let key = "classes"

    enum Inputs: Codable, Equatable {
        /// Each channel by its map; after the channels themselves, if `changes`, what they have changed by since the
        /// step before.
        case channels(maps: [Standardisation], changes: Bool)
        /// Known words, whose inputs are their places counted from 1; 0 stands for all others.
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
    ///   - changes: whether the changes of values are inputs as well.
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
            // A word that is seen once says little of how words like it are used.
            inputs = .words(known: counts.filter { $0.value > 1 }.keys.sorted())
        }
    }

    func problem(with configuration: NetworkConfiguration) -> String? {
        if configuration.inputWidth != width { return "\(width) inputs, not \(configuration.inputWidth)" }
        if configuration.outputWidth != labels.count {
            return "\(labels.count) classes for \(configuration.outputWidth) outputs"
        }
        if !configuration.isPooled || configuration.output != .softmax {
            return "it must have one softmax output a sequence"
        }
        guard case .channels(let maps, let changes) = inputs else { return nil }
        let areMaps = maps.allSatisfy { $0.mean.isFinite && $0.deviation.isFinite && $0.deviation > 0 }
        return areMaps && (!changes || maps.count % 2 == 0) ? nil : "a scale for each channel is missing"
    }

    /// The place of each sequence's class.
    func classes(_ sequences: LabelledSequences) throws -> [Int] {
        let places = Dictionary(zip(labels, labels.indices), uniquingKeysWith: { first, _ in first })
        return try sequences.labels.enumerated().map { index, label in
            guard let place = places[label] else {
                let known = labels.map { "'\($0)'" }.joined(separator: ", ").shortened(to: 300)
                throw CommandFailure(
                    "sequence \(index + 1) has the class '\(label.printable)', which the network does not know; it knows \(known)"
                )
            }
            return place
        }
    }

    /// What a network reads.
    func inputs(_ sequences: LabelledSequences) throws -> PreparedInputs {
        switch (inputs, sequences.steps) {
        case (.channels(let maps, let changes), .values(let values)):
            let width = changes ? maps.count / 2 : maps.count
            let found = values.first?.first?.count ?? width
            guard found == width else {
                throw CommandFailure(
                    "the sequences have \(found) channels where the network takes \(width)")
            }
            return .values(
                values.map { sequence in
                    (changes ? Self.withChanges(sequence) : sequence).map { step in
                        zip(maps, step).map { Float($0.standardise($1)) }
                    }
                })
        case (.words(let known), .words(let texts)):
            let places = Dictionary(zip(known, 1...), uniquingKeysWith: { first, _ in first })
            return .tokens(texts.map { $0.map { places[$0] ?? 0 } }, vocabulary: known.count + 1)
        default:
            throw CommandFailure("the network reads other sequences than these")
        }
    }

    private static func withChanges(_ steps: [[Double]]) -> [[Double]] {
        steps.indices.map { step in
            steps[step] + zip(steps[step], steps[max(0, step - 1)]).map { $0 - $1 }
        }
    }
}

/// Sequences as a network reads them.
enum PreparedInputs {
    case values([[[Float]]])
    case tokens([[Int]], vocabulary: Int)

    func dataSet(classes: [Int]) throws -> SequenceDataSet<Float> {
        switch self {
        case .values(let values): try SequenceDataSet(values, targets: .classPerSequence(classes))
        case .tokens(let tokens, let vocabulary):
            try SequenceDataSet(tokens: tokens, vocabulary: vocabulary, targets: .classPerSequence(classes))
        }
    }

    func batch(_ range: Range<Int>) throws -> SequenceBatch<Float> {
        switch self {
        case .values(let values): try SequenceBatch(Array(values[range]))
        case .tokens(let tokens, let vocabulary):
            try SequenceBatch(tokens: Array(tokens[range]), vocabulary: vocabulary)
        }
    }
}
