import RecurrentCharts
import Foundation

extension ReportPage {
    /// What the application shows of its first network.
    var findings: [String] {
        record.findings.map { finding in
            switch finding {
            case .forecast(let forecast): html(forecast)
            case .confusion(let matrix): html(matrix)
            case .sample(let sample): SamplePicture(sample: sample).html
            }
        }.map { "<div class=\"grid\">\($0)</div>" }
    }

    private func html(_ forecast: ForecastFinding) -> String {
        let chart = forecast.chart(size: .wide)
        // A picture of the page's width would be too small to read on a phone, so that has one of its own.
        let body =
            "<div class=\"wide-only\">\(chart.inline)</div><div class=\"narrow\">\(forecast.chart(size: .column).inline)</div>"
        let band =
            forecast.lower.isEmpty
            ? ""
            : " The band holds \(percent(forecast.coverage)) of the errors that the network made on data it had not seen."
        var figure = Figure(
            chart.title, body: body,
            "One step ahead, the network always sees the true values before. Running freely it takes its own forecasts for true, so errors add up.\(band)"
        )
        figure.legend = chart.legend
        return figure.html + table(forecast)
    }

    private func table(_ forecast: ForecastFinding) -> String {
        guard !forecast.forecast.isEmpty else { return "" }
        let hasBand = !forecast.lower.isEmpty
        let decimals = description.measure.decimals
        var table = Table(["time", "forecast"] + (hasBand ? ["lower", "upper"] : []))
        for (index, value) in forecast.forecast.prefix(12).enumerated() {
            let ends = [forecast.lower, forecast.upper].map { ends in
                index < ends.count ? Cell(ends[index], as: aligned(ends[index], decimals)) : "—"
            }
            let isNamed = index < forecast.following.count
            table.add(
                [
                    Cell(isNamed ? forecast.following[index] : "\(index + 1)"),
                    Cell(value, as: aligned(value, decimals)),
                ] + (hasBand ? ends : []))
        }
        return "<div class=\"card wide\">\(table.html("The first values after the end of the series"))</div>"
    }

    private func html(_ matrix: ConfusionMatrix) -> String {
        let chart = ConfusionChart("Confusion matrix", labels: matrix.labels, counts: matrix.counts)
        let isDrawn = 1...50 ~= matrix.labels.count
        let picture =
            isDrawn
            ? "<div class=\"scroll\"><div class=\"fixed\" style=\"width:\(Int(chart.width))px\">\(chart.inline)</div></div>"
            : "<p class=\"muted\">\(matrix.labels.isEmpty ? "No classes." : "Too many classes to draw.")</p>"
        return Figure(
            chart.title, body: "<div class=\"beside\">\(picture)\(table(chart))</div>",
            "Rows are what a sequence was, columns what the network took it for. On the diagonal it was right. Recall: how many of a class were found; precision: how many of those taken for the class belong to it."
        ).html
    }

    private func table(_ chart: ConfusionChart) -> String {
        let kinds = chart.labels.indices
        func sum(_ count: (Int) -> Int) -> Double { kinds.reduce(0) { $0 + Double(count($1)) } }
        var table = Table(["class", "sequences", "recall", "precision"])
        for kind in kinds.prefix(200) {
            let right = Double(chart.count(kind, kind))
            let (ofKind, taken) = (sum { chart.count(kind, $0) }, sum { chart.count($0, kind) })
            table.add([
                Cell(chart.labels[kind]), Cell(ofKind, as: whole(ofKind)),
                Cell(right / ofKind, as: percent(right / ofKind, 1)),
                Cell(right / taken, as: percent(right / taken, 1)),
            ])
        }
        let right = sum { chart.count($0, $0) }
        let all = kinds.reduce(0.0) { total, row in total + sum { chart.count(row, $0) } }
        return table.html("\(whole(right)) of \(whole(all)) right: \(percent(right / all, 1))")
    }
}

/// A count that was summed as a number of any size.
private func whole(_ value: Double) -> String { value < 1e15 ? grouped(Int(value)) : number(value) }

/// Text with a background for each character: the warmer, the less the network expected it.
struct SamplePicture {
    let sample: SampledText

    private static let limit = 4000
    /// From which probability on a character has the class of that number.
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
            "The background of a character shows how probable the network thought it before it was drawn: the warmer, the more of a surprise.\(prompt.isEmpty ? "" : " The text in grey was given.")\(surprise)"
        ).html
    }

    private var surprise: String {
        let bits = sample.symbols.map { -log2(min(max($0.probability, 1e-300), 1)) }.filter(\.isFinite)
        guard !bits.isEmpty else { return "" }
        return " On average a character carries \(number(bits.reduce(0, +) / Double(bits.count))) bits."
    }

    private static func span(_ symbol: SampledText.Symbol) -> String {
        let level = levels.firstIndex { symbol.probability >= $0 } ?? levels.count - 1
        // A character that is not seen gets a sign, so that its background is.
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
