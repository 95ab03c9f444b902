extension Vocabulary {
    /// The text of tokens. Characters are joined. Words have a blank between them, except where punctuation has
    /// none, such as before a full stop, after an opening bracket and around a hyphen; straight double quotes
    /// open and close in turn on every line. The tokens of the text are the same tokens again, except for
    /// "<unk>".
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
