/// The blanks between words when they become text, word by word.
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
