/// What becomes of a symbol that a vocabulary lacks.
public enum UnknownSymbols: String, Sendable, Codable, CaseIterable {
    /// It is an error that names line, column and symbol.
    case refuse
    /// It becomes the last index, which is shown as "\u{FFFD}", or "<unk>" among words.
    case replace
    /// It is left out.
    case skip
}
