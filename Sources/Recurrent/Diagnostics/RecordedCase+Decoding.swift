import RecurrentLinearAlgebra

extension RecordedCase: Decodable {
    enum Key: String, CodingKey {
        case format, T, B, I, H, O, cell, activation, layers, bidirectional, loss, lengths, manyToOne, weights
        case s0, h0, c0, X, D, S, Y, E, gradients
    }

    typealias File = KeyedDecodingContainer<Key>

    struct Sizes {
        let T, B, I, H, O: Int

        init(_ file: File) throws {
            (T, B, I) = try (file.width(.T), file.width(.B), file.width(.I))
            (H, O) = try (file.width(.H), file.width(.O))
        }
    }

    /// What each format writes in its own way.
    struct Contents {
        let network: RecurrentNetwork<Double>
        let initialState: Matrix<Double>
        let expected: [Quantity]
    }

    public init(from decoder: any Decoder) throws {
        let file = try decoder.container(keyedBy: Key.self)
        let sizes = try Sizes(file)
        let (T, B) = (sizes.T, sizes.B)
        loss = try Self.loss(in: file)
        lengths = try file.decode([Int].self, forKey: .lengths)
        guard lengths.count == B, lengths.allSatisfy({ 1...T ~= $0 }) else {
            throw file.mismatch(.lengths, "not \(B) lengths in 1...\(T)")
        }
        manyToOne = try file.decode(Bool.self, forKey: .manyToOne)
        inputs = try file.timeMajor(.X, T, B, sizes.I)
        targets =
            loss == .crossEntropy
            ? .classes(try file.classes(.D, T, B)) : .values(try file.timeMajor(.D, T, B, sizes.O))
        let contents = try Self.contents(of: file, sizes, loss == .crossEntropy ? .softmax : .linear)
        (network, initialState, expected) = (contents.network, contents.initialState, contents.expected)
    }

    private static func contents(
        of file: File, _ sizes: Sizes, _ output: OutputFunction
    ) throws -> Contents {
        switch try file.decodeIfPresent(Int.self, forKey: .format) ?? 1 {
        case 1: return try Contents(letters: file, sizes, output)
        case 2: return try Contents(tensors: file, sizes, output)
        case let other: throw file.mismatch(.format, "\(other) is not known; formats 1 and 2 are")
        }
    }

    private static func loss(in file: File) throws -> Loss {
        let losses: [String: Loss] = ["halfSquaredError": .halfSquaredError, "crossEntropy": .crossEntropy]
        let name = try file.decode(String.self, forKey: .loss)
        guard let loss = losses[name] else {
            throw file.mismatch(.loss, "'\(name)' is neither halfSquaredError nor crossEntropy")
        }
        return loss
    }

    static func activation(in file: File) throws -> Activation {
        let name = try file.decode(String.self, forKey: .activation)
        guard let activation = Activation(rawValue: name) else {
            throw file.mismatch(.activation, "'\(name)' is none of tanh, sigmoid, relu, identity")
        }
        return activation
    }

    /// Y and E, which both formats have.
    static func results(in file: File, _ sizes: Sizes) throws -> [Quantity] {
        [
            ("Y", try file.timeMajor(.Y, sizes.T, sizes.B, sizes.O)),
            ("E", [[try file.decode(Double.self, forKey: .E)]]),
        ]
    }
}
