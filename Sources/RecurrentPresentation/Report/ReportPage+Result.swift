import RecurrentCharts

extension ReportPage {
    private var measure: Measure { description.measure }

    func header(navigation sections: [String]) -> String {
        let names = [
            ("result", "Result"), ("warnings", "Warnings"), ("training", "Training"),
            ("inside", "Inside the network"), ("findings", "What it does"), ("trainings", "All trainings"),
            ("settings", "Settings"),
        ]
        let links = names.filter { name in sections.contains { $0.hasPrefix("<section id=\"\(name.0)\"") } }
            .map { "<a href=\"#\($0.0)\">\($0.1)</a>" }
        return """
            <header>
            <p class="state\(state == .running ? " running" : "")"><b>\(state.word)</b> \(escaped(progress))</p>
            <h1>\(escaped(description.application))</h1>
            <p class="muted">\(escaped(description.network)); \(grouped(description.parameters)) parameters</p>
            \(state == .finished ? "" : bar)\(reason)
            <nav>\(links.joined())</nav>
            </header>
            """
    }

    /// The reason why a run was stopped.
    private var reason: String {
        guard case .stopped(let reason) = state else { return "" }
        return "\n<ul class=\"warnings\"><li>\(escaped(reason))</li></ul>"
    }

    private var progress: String {
        let began = "began \(moment)"
        guard state != .finished else {
            return
                "\(grouped(record.stepCount)) steps in \(plural(record.trainings.count, "training")), \(began)"
        }
        guard let number = record.current, let training = record.trainings[number] else { return began }
        var parts = ["training \(number) of \(description.trainings)"]
        if let begin = training.begin { parts.append("epoch \(epochsDone(training)) of \(begin.epochs)") }
        if let step = training.lastStep {
            parts.append("step \(grouped(step.step))")
            if step.stepsPerSecond > 0 {
                parts.append("\(RecurrentPresentation.number(step.stepsPerSecond)) steps/s")
            }
        }
        return (parts + [began]).joined(separator: ", ")
    }

    /// The time when the run began: "2026-11-23 09:30 UTC" if it was recorded in ISO 8601, otherwise as recorded.
    private var moment: String {
        let parts = description.began.split(separator: "T")
        guard parts.count == 2, parts[1].count > 5, parts[1].hasSuffix("Z") else { return description.began }
        return "\(parts[0]) \(parts[1].prefix(5)) UTC"
    }

    private func epochsDone(_ training: TrainingRecord) -> Int {
        max(training.lastEpoch?.epoch ?? 0, training.lastStep?.epoch ?? 0)
    }

    private var bar: String {
        let current = record.current.flatMap { record.trainings[$0] }
        let part =
            current.flatMap { training -> Double? in
                guard training.result == nil, let epochs = training.begin?.epochs, epochs > 0 else {
                    return nil
                }
                return min(Double(training.lastEpoch?.epoch ?? 0) / Double(epochs), 1)
            } ?? 0
        let done = (Double(record.results.count) + part) / Double(max(description.trainings, 1))
        return "<div class=\"bar\"><div style=\"width:\(fixed(min(max(done, 0), 1) * 100, 1))%\"></div></div>"
    }

    var result: String {
        "<div class=\"result\">\n<div class=\"card\">\(headline)\(facts)</div>\n\(comparison)\n</div>"
    }

    private var headline: String {
        guard let mean = scores.mean else {
            let loss = record.first?.lastEpoch?.validationLoss.map {
                " The validation loss is \(number($0, digits: 4))."
            }
            return
                "<p class=\"big\">—</p><p class=\"muted\">\(state == .running ? "No result yet" : "No result"): the score (\(escaped(measure.name))) is measured at the end of a training.\(loss ?? "")</p>"
        }
        let spread = scores.deviation.map { " <small>± \(aligned($0, measure.decimals))</small>" } ?? ""
        let words =
            scores.seeds.count == 1
            ? "of one seed\(ofFolds); more seeds would show how much it varies by chance"
            : "mean ± standard deviation over \(scores.seeds.count) seeds\(ofFolds); median \(aligned(scores.median ?? mean, measure.decimals))"
        let better = measure.isBetterWhenLower ? "Lower is better." : "Higher is better."
        return
            "<p class=\"big\">\(aligned(mean, measure.decimals))\(spread)</p><p class=\"muted\">\(escaped(measure.name)), \(words). \(better)</p>"
    }

    private var ofFolds: String { description.folds > 1 ? ", each over \(description.folds) folds" : "" }

    /// The network among the baselines, the best first.
    private var comparison: String {
        guard !record.baselines.isEmpty else { return "" }
        let network = scores.mean.map { [("this network", $0)] } ?? []
        let all = network + record.baselines.prefix(50).map { ($0.name, $0.score) }
        let ranked = all.enumerated().sorted { one, other in
            let (first, second) = (one.element.1, other.element.1)
            if first.isNaN || second.isNaN { return second.isNaN && !first.isNaN }
            if first == second { return one.offset < other.offset }
            return (first < second) == measure.isBetterWhenLower
        }
        var table = Table(["model", measure.name])
        for (_, entry) in ranked { table.add([Cell(entry.0), score(entry.1)]) }
        let strong = network.isEmpty ? nil : ranked.firstIndex { $0.offset == 0 }
        return
            "<div class=\"card\">\(table.html("Beside models that need no training", strong: strong))</div>"
    }

    func score(_ value: Double) -> Cell { Cell(value, as: aligned(value, measure.decimals)) }

    private var facts: String {
        guard !description.facts.isEmpty else { return "" }
        return definitions(
            description.facts.map { (escaped($0.name), escaped($0.value)) }, class: "facts")
    }

    var warnings: String {
        guard record.warningCount > 0 else { return "" }
        let rows = record.warnings.map { "<li>Training \($0.training): \(escaped($0.text))</li>" }
        let more = record.warningCount - rows.count
        let rest = more > 0 ? ["<li>And \(grouped(more)) more.</li>"] : []
        return "<ul class=\"warnings\">\((rows + rest).joined(separator: "\n"))</ul>"
    }

    var settings: String {
        let words = (["rnn train"] + Self.phrases(description.arguments))
            .map { "<span>\(escaped($0))</span>" }
        return """
            <div class="card"><p class="muted">Begun with</p>
            <pre class="command">\(words.joined(separator: " "))</pre></div>
            """
    }

    /// The arguments, each option joined with its value so that a line is not broken between them.
    private static func phrases(_ arguments: [String]) -> [String] {
        var groups: [String] = []
        for word in arguments {
            if let last = groups.last, last.hasPrefix("--"), !last.contains(" "), !word.hasPrefix("--") {
                groups[groups.count - 1] += " " + shellQuoted(word)
            } else {
                groups.append(shellQuoted(word))
            }
        }
        return groups
    }

    var footer: String {
        escaped(
            "Written by rnn after \(grouped(record.stepCount)) training steps. This page loads nothing else."
        )
    }
}
