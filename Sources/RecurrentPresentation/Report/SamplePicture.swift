import Foundation
import RecurrentCharts

/// Generated text with a background for each character: the warmer, the less probable it was.
struct SamplePicture {
    let sample: SampledText

    private static let limit = 4000
    /// The least probability of each class s0, s1, ….
    private static let levels = [0.8, 0.5, 0.2, 0.05, 0.01, -1]

    var html: String {
        let shown = sample.symbols.prefix(Self.limit)
        let text = shown.map(Self.span).joined()
        let more = sample.symbols.count - shown.count
        let rest = more > 0 ? "<p class=\"muted\">And \(grouped(more)) more.</p>" : ""
        let names = ["80 % and more", "from 50 %", "from 20 %", "from 5 %", "from 1 %", "less"]
        let scale = names.enumerated().map { "<li><span class=\"s\($0)\">\($1)</span></li>" }.joined()
        let prompt = sample.prompt.isEmpty ? "" : "<i>\(escaped(sample.prompt))</i>"
        return Figure(
            "Text that the network wrote, at temperature \(plain(sample.temperature))",
            body: "<ul class=\"scale\">\(scale)</ul><pre class=\"sample\">\(prompt)\(text)</pre>\(rest)",
            "The background of a character shows its probability before it was drawn: the warmer, the less probable.\(prompt.isEmpty ? "" : " The text in grey was given.")\(surprise)"
        ).html
    }

    private var surprise: String {
        let bits = sample.symbols.map { -log2(min(max($0.probability, 1e-300), 1)) }.filter(\.isFinite)
        guard !bits.isEmpty else { return "" }
        return " On average a character carries \(number(bits.reduce(0, +) / Double(bits.count))) bits."
    }

    private static func span(_ symbol: SampledText.Symbol) -> String {
        let level = levels.firstIndex { symbol.probability >= $0 } ?? levels.count - 1
        // An invisible character gets a sign, to show its background.
        let text = symbol.text.replacingOccurrences(of: "\n", with: "↵\n").replacingOccurrences(
            of: "\t", with: "→\t")
        let name = level == 0 ? "" : " class=\"s\(level)\""
        return "<span\(name) title=\"\(probability(symbol.probability))\">\(escaped(text))</span>"
    }

    private static func probability(_ value: Double) -> String {
        value >= 0.0995
            ? percent(value) : value >= 0.001 ? percent(value, 1) : value.isNaN ? "—" : "under 0.1 %"
    }
}
