import Foundation

/// The words of a tweet in lower case. Punctuation before and after a word is a word, and so is punctuation that stands
/// alone, such as an emoticon. Every URL becomes <url> and every user name <user>. A character that is repeated more
/// than twice counts twice.
enum TweetWords {
    private static let entities = [
        "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "\u{2019}": "'",
    ]
    /// Emoticons that contain letters or digits.
    private static let emoticons: Set<String> = [
        ":d", ";d", ":-d", "=d", "xd", ":p", ";p", ":-p", "=p", ":o", ":-o", ":s", ":-s", ":x", "<3", "</3",
        ":3", "d:", "o_o", "t_t", "xoxo",
    ]

    /// The words of a text; at least one.
    static func split(_ text: String) -> [String] {
        let clean = entities.reduce(text.lowercased()) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
        let words = clean.split(whereSeparator: \.isWhitespace).flatMap { pieces(of: $0) }
        return words.isEmpty ? ["<nothing>"] : words
    }

    private static func pieces(of piece: Substring) -> [String] {
        if piece.hasPrefix("http") { return ["<url>"] }
        if piece.hasPrefix("@") && piece.count > 1 { return ["<user>"] }
        if emoticons.contains(String(piece)) { return [String(piece)] }
        func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }
        guard let first = piece.firstIndex(where: isWord), let last = piece.lastIndex(where: isWord) else {
            return [shortened(piece)]
        }
        let end = piece.index(after: last)
        var word = shortened(piece[first..<end])
        var negation: [String] = []
        if word.hasSuffix("n't") {
            word.removeLast(3)
            negation = ["n't"]
        }
        let parts = [shortened(piece[..<first]), word] + negation + [shortened(piece[end...])]
        return parts.filter { !$0.isEmpty }
    }

    /// "soooo" becomes "soo".
    private static func shortened(_ text: Substring) -> String {
        var short = ""
        for character in text where !short.hasSuffix("\(character)\(character)") { short.append(character) }
        return short
    }
}
