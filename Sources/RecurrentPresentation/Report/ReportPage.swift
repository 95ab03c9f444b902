/// The report of a run as a page. While the run is at work, a browser loads it again every five seconds.
package struct ReportPage {
    let description: RunDescription
    let record: RunRecord
    let state: RunState
    let scores: ScoreSummary
    /// Elman's in runs that do not say.
    var cell: CellKind { description.cell ?? .elman }

    package init(_ description: RunDescription, _ record: RunRecord, _ state: RunState) {
        (self.description, self.record, self.state) = (description, record, state)
        scores = ScoreSummary(record.results, folds: description.folds)
    }

    package var html: String {
        let sections = [
            section("result", title: "Result", [result]),
            section("warnings", title: "Warnings", [warnings]),
            training, inside,
            section("findings", title: "What the network does", findings),
            section("trainings", title: "All trainings", [trainingsGrid, trainingsTable]),
            section("settings", title: "Settings", [settings]),
        ].filter { !$0.isEmpty }
        return Page(
            title: "\(description.application): \(state.word)", refresh: state == .running ? 5 : nil,
            style: Self.style,
            body: """
                \(header(navigation: sections))
                \(sections.joined(separator: "\n"))
                <footer>\(footer)</footer>
                """
        ).html
    }
}
