/// The keys under which a model file's metadata describe its network.
enum NetworkKey: String {
    case cell, activation, directions, recurrent, output, dropout
    case stateBias = "state_bias"
    case outputBias = "output_bias"
    case readOut = "read_out"
    case stateDropout = "state_dropout"
    case readOutDropout = "read_out_dropout"

    private static let prefix = "network."
    /// The prefix up to version 0.5, which had no other cell.
    private static let oldPrefix = "elman."

    var name: String { Self.prefix + rawValue }

    /// Metadata of any version, with the keys of this one. A key of this version goes before its old form.
    static func renamed(_ metadata: [String: String]) -> [String: String] {
        var renamed: [String: String] = [:]
        for (key, value) in metadata where key.hasPrefix(oldPrefix) {
            renamed[prefix + key.dropFirst(oldPrefix.count)] = value
            renamed[NetworkKey.cell.name] = CellName.elman.rawValue
        }
        return renamed.merging(metadata.filter { !$0.key.hasPrefix(oldPrefix) }) { $1 }
    }
}
