import RecurrentCharts

extension ForecastFinding {
    /// The observed values, the one-step predictions of the last of them, and the forecast that follows.
    package func chart(size: PictureSize) -> LineChart {
        var chart = LineChart("\(name): observed, one step ahead, free running", size: size)
        let end = start + observed.count
        chart.lines = [
            line("observed", .grey, observed, from: start),
            line("predicted one step ahead", .blue, predicted, from: end - predicted.count),
            line("free-running forecast", .orange, forecast, from: end),
        ].filter { !$0.points.isEmpty }
        let edges = zip(lower, upper).enumerated().map { (Double(end + $0), lower: $1.0, upper: $1.1) }
        if !edges.isEmpty {
            chart.band = LineChart.Band("\(fixed(coverage * 100, 0)) % interval", .orange, edges)
        }
        // Zero is left out if it would squeeze values that lie far from it.
        let (least, most) = (observed.min() ?? 0, observed.max() ?? 0)
        chart.y.includesZero = least >= 0 && least < most / 2
        chart.x.ticks = months(upTo: Int(size.width / 85)) ?? names(upTo: Int(size.width / 120))
        return chart
    }

    private func line(_ name: String, _ ink: Ink, _ values: [Double], from start: Int) -> LineChart.Line {
        let points = values.enumerated().map { Point(Double(start + $0), $1) }
        return LineChart.Line(name, ink, ThinnedCurve(points, limit: 2400).points)
    }

    /// For labels that are months, a tick with the year at every January, also after the last label; otherwise nil.
    private func months(upTo limit: Int) -> [Tick]? {
        guard let label = labels.first, label.count == 7, label.dropFirst(4).first == "-",
            let year = Int(label.prefix(4)), let month = Int(label.suffix(2)), 1...12 ~= month
        else { return nil }
        let count = observed.count + forecast.count
        let januaries = (0..<max(count, 1)).filter { ($0 + month - 1) % 12 == 0 }
        let step = [1, 2, 5, 10, 20, 50, 100].first { januaries.count / $0 <= limit } ?? 200
        return januaries.map { (position: $0, year: year + ($0 + month - 1) / 12) }
            .filter { $0.year % step == 0 }
            .map { Tick(Double(start + $0.position), "\($0.year)") }
    }

    /// A tick at some of the labels, or nil if there are none.
    private func names(upTo limit: Int) -> [Tick]? {
        guard !labels.isEmpty else { return nil }
        let step = Int(Scale.roundStep(Double(observed.count + forecast.count) / Double(max(limit, 1))))
        return stride(from: 0, to: labels.count, by: max(step, 1)).map {
            Tick(Double(start + $0), String(labels[$0].prefix(10)))
        }
    }
}
