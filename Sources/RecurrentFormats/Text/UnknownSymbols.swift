/// The treatment of a symbol that is not in a vocabulary.
public enum UnknownSymbols: String, Sendable, Codable, CaseIterable {
    /// An error that names line, column and symbol.
    case refuse
    /// The last index, whose symbol is "\u{FFFD}", or "<unk>" among words.
    case replace
    /// The symbol is left out.
    case skip
}
