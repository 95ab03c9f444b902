/// A line with a progress bar, fitted to a width.
struct ProgressBar {
    let fraction: Double
    let title: String
    let texts: [String]
    let timeLeft: String

    private static let widths = 10...40

    /// The bar gets the columns that the words leave, 10 to 40 of them. If fewer than 10 are left, words are dropped,
    /// the last ones first, and finally the time left.
    ///
    /// - Returns: the line and its width in columns; colours take none.
    func line(width: Int, colours: Bool) -> (text: String, columns: Int) {
        let done = fraction.isFinite ? min(max(fraction, 0), 1) : 0
        let percent = "\(Int(done * 100)) %"
        let before = title.isEmpty ? "" : title + "  "
        for kept in stride(from: texts.count, through: -1, by: -1) {
            let words = kept < 0 ? [percent] : [percent] + texts.prefix(kept) + [timeLeft]
            let after = words.filter { !$0.isEmpty }.map { "  " + $0 }.joined()
            let room = min(width - before.count - after.count, Self.widths.upperBound)
            if room >= Self.widths.lowerBound {
                let bar = Self.bar(done, width: room, colours: colours)
                return (before + bar + after, before.count + room + after.count)
            }
        }
        let text = String((before + percent).prefix(max(width, 0)))
        return (text, text.count)
    }

    /// The part that is done in green, the rest dimmed.
    private static func bar(_ done: Double, width: Int, colours: Bool) -> String {
        let count = Int(done * Double(width))
        let filled = String(repeating: "━", count: count)
        let rest = String(repeating: "─", count: width - count)
        return colours ? "\u{1B}[32m\(filled)\u{1B}[0;2m\(rest)\u{1B}[0m" : filled + rest
    }
}
