/// The reason why a symbol has no token.
enum SymbolFault {
    case unknown
    /// A word of more than `Tuning.wordBytes` bytes.
    case tooLong

    /// The fault of a symbol at a place of a text.
    func error(_ symbol: String, at place: TextPlace) -> VocabularyError {
        switch self {
        case .unknown: .unknown(symbol: symbol, line: place.line, column: place.column)
        case .tooLong: .tooLong(line: place.line, column: place.column)
        }
    }

    /// The fault of a symbol at a place of a file.
    func error(_ symbol: String, at place: TextPlace, of path: String) -> FileError {
        FileError(path: path, line: place.line, problem: problem(symbol, column: place.column))
    }

    func problem(_ symbol: String, column: Int) -> String {
        switch self {
        case .unknown:
            "column \(column): \(VocabularyError.name(symbol)) is not in the vocabulary; remove it, or let unknown symbols be replaced or skipped"
        case .tooLong:
            "column \(column): a word of more than \(Tuning.wordBytes) bytes; take characters as symbols"
        }
    }
}
