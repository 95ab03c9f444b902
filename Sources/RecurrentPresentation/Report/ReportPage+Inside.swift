import RecurrentCharts

extension ReportPage {
    /// The first and the last diagnosis of the first network.
    var inside: String {
        guard let training = record.first, let last = training.lastDiagnosis else { return "" }
        let first = training.firstDiagnosis.flatMap { $0.epoch < last.epoch ? $0 : nil }
        let cells = last.cells.prefix(16).enumerated().map { index, cell in
            let before = first.flatMap { index < $0.cells.count ? $0.cells[index] : nil }
            let pictures = CellPictures(
                cell: cell, kind: self.cell, before: before,
                names: (name(of: first), "epoch \(last.epoch)"),
                forgetGate: index < training.forgetGates.count ? training.forgetGates[index].points : [])
            let hasTwins = last.cells.contains { $0.layer == cell.layer && $0.reverse != cell.reverse }
            let direction = hasTwins ? cell.reverse ? ", backwards in time" : ", forwards in time" : ""
            let title = last.cells.count > 1 ? "<h3 class=\"cell\">Layer \(cell.layer)\(direction)</h3>" : ""
            let verdict = "<strong>\(escaped(pictures.headline))</strong> \(escaped(pictures.words))"
            return title + "<p class=\"verdict\">\(verdict)</p>" + grid(pictures.figures)
        }
        return section(
            "inside", title: "Inside the network",
            introduction:
                "Always on the same batch. A recurrent network is trained through time: the gradient reaches an early state through every step in between, \(path).",
            Array(cells))
    }

    /// The way of the gradient through one step.
    private var path: String {
        switch cell {
        case .elman: "multiplied each time by Wₛ and the derivative of the activation"
        case .lstm:
            "each time through Wₛ and the gates, or along the cell state c, where only the forget gate multiplies it"
        case .gru:
            "each time through Wₛ and the gates, or along the state itself, where only the update gate multiplies it"
        }
    }

    private func name(of diagnosis: Diagnosis?) -> String {
        diagnosis.map { $0.epoch == 0 ? "at the beginning" : "epoch \($0.epoch)" } ?? ""
    }
}
