import RecurrentFormats

/// The metadata of a model file, with the keys of this version, and checks of their values.
struct ModelMetadata {
    private let texts: [String: String]

    init(_ file: Safetensors) { texts = NetworkKey.renamed(file.metadata) }

    /// True if they name functions of a network.
    var describesNetwork: Bool { texts.keys.contains { $0.hasPrefix("network.") } }

    func has(_ key: NetworkKey) -> Bool { texts[key.name] != nil }

    /// A value for each of `count` layers; a single one in the file holds for all of them. Without the key it
    /// is `assumed`, or an error.
    func values<Value: RawRepresentable & CaseIterable>(
        _ key: NetworkKey, _ count: Int, _ assumed: Value?
    ) throws(ModelError) -> [Value] where Value.RawValue == String {
        let expected = "one of " + Value.allCases.map(\.rawValue).joined(separator: ", ")
        return try list(key, count, assumed.map { Array(repeating: $0, count: count) }, expected) {
            Value(rawValue: $0)
        }
    }

    /// True or false for each of as many layers as `assumed` has, which holds without the key.
    func flags(_ key: NetworkKey, _ assumed: [Bool]) throws(ModelError) -> [Bool] {
        try list(key, assumed.count, assumed, "true or false") { Bool($0) }
    }

    /// A probability in 0..<1; 0 without the key.
    func probability(_ key: NetworkKey) throws(ModelError) -> Double {
        try list(key, 1, [0], "a number in 0..<1") { text in
            Double(text).flatMap { 0..<1 ~= $0 ? $0 : nil }
        }[0]
    }

    private func list<Value>(
        _ key: NetworkKey, _ count: Int, _ assumed: [Value]?, _ expected: String,
        _ parse: (String) -> Value?
    ) throws(ModelError) -> [Value] {
        guard let text = texts[key.name] else {
            guard let assumed else { throw .metadata(key: key.name, found: nil, expected: expected) }
            return assumed
        }
        let values = text.split(separator: ",", omittingEmptySubsequences: false).compactMap {
            parse(String($0))
        }
        let commas = text.count { $0 == "," }
        guard values.count == commas + 1, values.count == 1 || values.count == count else {
            throw .metadata(key: key.name, found: text, expected: expected)
        }
        return values.count == count ? values : Array(repeating: values[0], count: count)
    }
}
