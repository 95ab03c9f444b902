import Foundation

/// The words of a tweet, in small letters. Signs before and behind a word are words of their own, and so are signs that
/// stand alone, such as faces; addresses and names of users are one word each; a sign that is repeated counts twice.
enum TweetWords {
    private static let entities = [
        "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "\u{2019}": "'",
    ]
    /// Faces that have letters or digits in them.
    private static let faces: Set<String> = [
        ":d", ";d", ":-d", "=d", "xd", ":p", ";p", ":-p", "=p", ":o", ":-o", ":s", ":-s", ":x", "<3", "</3",
        ":3", "d:", "o_o", "t_t", "xoxo",
    ]

    /// At least one word.
    static func split(_ text: String) -> [String] {
        let clean = entities.reduce(text.lowercased()) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
        let words = clean.split(whereSeparator: \.isWhitespace).flatMap { pieces(of: $0) }
        return words.isEmpty ? ["<nothing>"] : words
    }

    private static func pieces(of piece: Substring) -> [String] {
        if piece.hasPrefix("http") { return ["<url>"] }
        if piece.hasPrefix("@") && piece.count > 1 { return ["<user>"] }
        if faces.contains(String(piece)) { return [String(piece)] }
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

    /// "soooo" as "soo".
    private static func shortened(_ text: Substring) -> String {
        var short = ""
        for character in text where !short.hasSuffix("\(character)\(character)") { short.append(character) }
        return short
    }
}
