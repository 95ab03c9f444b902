extension Vocabulary {
    /// The text of tokens. Characters stand side by side. Words have a blank between them, except where punctuation
    /// has none: before a full stop or behind an opening bracket, say, and around a hyphen; straight double quotes
    /// open and close in turn on every line. Such a text has the same tokens again, but for "<unk>".
    ///
    /// - Precondition: every token is in 0..<`count`.
    public func text(of tokens: some Sequence<Int>) -> String {
        guard kind != .characters else { return tokens.map { symbol($0) }.joined() }
        var text = ""
        var spacing = WordSpacing()
        for token in tokens {
            let word = symbol(token)
            if spacing.isBlankNeeded(before: word) { text += " " }
            text += word
        }
        return text
    }
}

/// Where blanks go when words become text, word after word.
struct WordSpacing {
    private static let closing: Set<String> = [
        ".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "…", "”", "»", "'", "’", "。", "、", "，",
    ]
    private static let opening: Set<String> = [
        "(", "[", "{", "“", "‘", "„", "«", "¿", "¡", "$", "£", "€", "#", "@",
    ]
    private static let joining: Set<String> = ["-", "/", "_", "\n"]

    private var isGlued = true
    private var isInQuotes = false

    mutating func isBlankNeeded(before word: String) -> Bool {
        let isQuote = word == "\""
        let closesHere = isQuote && isInQuotes
        let isAttached =
            closesHere || Self.closing.contains(word) || Self.joining.contains(word) || isGlued
        isGlued =
            isQuote && !isInQuotes || Self.opening.contains(word) || Self.joining.contains(word)
        if isQuote { isInQuotes.toggle() }
        if word == "\n" { isInQuotes = false }
        return !isAttached
    }
}
