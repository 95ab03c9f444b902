import RecurrentCharts

extension ReportPage {
    private static let rowLimit = 500

    /// The curves of all trainings, and the score of each seed if it has several folds.
    var trainingsGrid: String {
        let parts = [trainingsFigure?.html, seedTable].compactMap { $0 }
        return parts.isEmpty ? "" : "<div class=\"grid\">\n\(parts.joined(separator: "\n"))\n</div>"
    }

    private var seedTable: String? {
        guard description.folds > 1, !scores.seeds.isEmpty else { return nil }
        var table = Table(["seed", "\(description.measure.name), mean over folds"])
        for seed in scores.seeds.prefix(Self.rowLimit) {
            table.add([Cell("\(seed.seed)"), score(seed.score)])
        }
        return "<div class=\"card\">\(table.html("Each seed"))</div>"
    }

    /// The validation losses of all trainings that are drawn, or their training losses without validation data.
    private var trainingsFigure: Figure? {
        let all = record.trainings.keys.sorted().compactMap { record.trainings[$0] }
        let hasValidation = all.contains { $0.validationLoss.count > 0 }
        let curves = all.map { hasValidation ? $0.validationLoss : $0.loss }.filter { $0.count > 0 }
        guard curves.count > 1 else { return nil }
        var chart = LineChart(
            hasValidation ? "Validation loss of all trainings" : "Loss of all trainings", size: .column)
        chart.x.name = "epoch"
        chart.lines =
            curves.dropFirst().map { LineChart.Line("the others", .grey, $0.points, style: .faint) }
            + [LineChart.Line("the first", .orange, curves[0].points)]
        let count = curves.count < record.trainings.count ? "The first \(curves.count) are drawn. " : ""
        return Figure(
            chart,
            "\(count)They differ only in the seed and in the held-out part of the data: the distance between the lines shows how much a single training depends on chance."
        )
    }

    var trainingsTable: String {
        guard record.trainings.count > 1 else { return "" }
        let numbers = record.trainings.keys.sorted()
        let hasFolds = description.folds > 1
        var table = Table(
            ["training", "seed"] + (hasFolds ? ["fold"] : []) + [
                description.measure.name, "epoch kept", "seconds",
            ])
        for number in numbers.prefix(Self.rowLimit) {
            guard let training = record.trainings[number] else { continue }
            let (begin, result) = (training.begin, training.result)
            let seed = (result?.seed ?? begin?.seed).map { Cell(Double($0), as: "\($0)") }
            let fold = (result?.fold ?? begin?.fold).map { Cell($0) }
            let kept = (result?.epoch ?? training.bestEpoch).map { Cell($0) }
            let scored = result.map { score($0.score) }
            let seconds = result.map { Cell($0.seconds, as: aligned($0.seconds, 1)) }
            table.add(
                [Cell("\(number)"), seed ?? "—"] + (hasFolds ? [fold ?? "—"] : [])
                    + [scored ?? "—", kept ?? "—", seconds ?? "—"])
        }
        let more = numbers.count - Self.rowLimit
        let rest = more > 0 ? "<p class=\"muted\">And \(grouped(more)) more.</p>" : ""
        let html = table.html("Each training, on unseen data") + rest
        let isLong = numbers.count > 20
        return isLong
            ? "<div class=\"card\"><details><summary>\(plural(numbers.count, "training"))</summary>\(html)</details></div>"
            : "<div class=\"card\">\(html)</div>"
    }
}
