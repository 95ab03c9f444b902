import Foundation

/// The report of a run: one page that needs nothing else, neither scripts nor the network.
struct ReportPage {
    let description: RunDescription
    let record: RunRecord
    let state: RunState
    let scores: ScoreSummary

    /// While the run is at work a browser loads the page anew every 5 seconds.
    init(_ description: RunDescription, _ record: RunRecord, _ state: RunState) {
        (self.description, self.record, self.state) = (description, record, state)
        scores = ScoreSummary(record.results, folds: description.folds)
    }

    var html: String {
        let sections = [
            section("result", "Result", "", [result]),
            section("warnings", "Warnings", "", [warnings]),
            training, inside,
            section("findings", "What the network does", "", findings),
            section("trainings", "All trainings", "", [trainingsGrid, trainingsTable]),
            section("settings", "Settings", "", [settings]),
        ]
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            \(state != .running ? "" : "<meta http-equiv=\"refresh\" content=\"5\">\n")<title>\(escapedTitle)</title>
            <style>
            \(ReportStyle.css)
            </style>
            </head>
            <body>
            <main>
            \(header(navigation: sections))
            \(sections.filter { !$0.isEmpty }.joined(separator: "\n"))
            <footer>\(footer)</footer>
            </main>
            </body>
            </html>

            """
    }
}
