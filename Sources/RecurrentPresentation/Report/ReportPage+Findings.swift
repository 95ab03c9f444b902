import RecurrentCharts

extension ReportPage {
    /// The findings of the application about its first network.
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
        // A picture as wide as the page would be too small on a phone, which shows a narrow one instead.
        let body =
            "<div class=\"wide-only\">\(chart.inline)</div><div class=\"narrow\">\(forecast.chart(size: .column).inline)</div>"
        let band =
            forecast.lower.isEmpty
            ? ""
            : " The band contains \(percent(forecast.coverage)) of the errors that the network made on unseen data."
        var figure = Figure(
            chart.title, body: body,
            "One step ahead, the network always reads the true preceding values. Free-running, it reads its own forecasts, so errors accumulate.\(band)"
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
            ? scrolling(
                "<div class=\"fixed\" style=\"width:\(Int(chart.width))px\">\(chart.inline)</div>")
            : "<p class=\"muted\">\(matrix.labels.isEmpty ? "No classes." : "Too many classes to draw.")</p>"
        return Figure(
            chart.title, body: "<div class=\"beside\">\(picture)\(table(chart))</div>",
            "A row for each true class, a column for each predicted class; on the diagonal the network was right. Recall: the share of a class that was found. Precision: the share of the predictions of a class that were right."
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

/// A count that was summed in floating point, where it cannot overflow.
private func whole(_ value: Double) -> String { value < 1e15 ? grouped(Int(value)) : number(value) }
