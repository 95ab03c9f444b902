import RecurrentCharts

extension ReportPage {
    /// What the network of the first training looks like inside, at its first diagnosis and now.
    var inside: String {
        guard let training = record.first, let last = training.lastDiagnosis else { return "" }
        let first = training.firstDiagnosis.flatMap { $0.epoch < last.epoch ? $0 : nil }
        let cells = last.cells.prefix(16).enumerated().map { index, cell in
            let before = first.flatMap { index < $0.cells.count ? $0.cells[index] : nil }
            let pictures = CellPictures(
                cell: cell, before: before, names: (name(of: first), "epoch \(last.epoch)"))
            let hasTwins = last.cells.contains { $0.layer == cell.layer && $0.reverse != cell.reverse }
            let direction = hasTwins ? cell.reverse ? ", backwards in time" : ", forwards in time" : ""
            let title = last.cells.count > 1 ? "<h3 class=\"cell\">Layer \(cell.layer)\(direction)</h3>" : ""
            let verdict = "<strong>\(escaped(pictures.headline))</strong> \(escaped(pictures.words))"
            return title + "<p class=\"verdict\">\(verdict)</p>" + grid(pictures.figures)
        }
        return section(
            "inside", "Inside the network",
            "Looked at on the same batch throughout. A recurrent network is trained through time: what an early state should have been comes back to it as a gradient through every step between, multiplied each time by Wₛ and the derivative of the activation.",
            Array(cells))
    }

    private func name(of diagnosis: Diagnosis?) -> String {
        diagnosis.map { $0.epoch == 0 ? "at the beginning" : "epoch \($0.epoch)" } ?? ""
    }
}

/// What is shown of one direction of one layer.
struct CellPictures {
    let cell: Diagnosis.Cell
    /// The same at the first diagnosis, if there were two.
    let before: Diagnosis.Cell?
    let names: (before: String, now: String)

    /// Enough for every dot to be seen, few enough for a page.
    private static let dotLimit = 1500

    private var flow: GradientFlow { GradientFlow(cell.stateGradientNorms, isReverse: cell.reverse) }

    var headline: String { flow.headline }

    var words: String {
        let flow = flow.words
        guard !cell.eigenvalues.isEmpty else { return flow }
        let sigma = cell.singularValues.first.map { ", its largest singular value \(number($0))" } ?? ""
        let radius = spectralRadius(cell)
        let meaning =
            radius < 0.995
            ? "Below 1, a state fades unless something feeds it."
            : radius <= 1.005
                ? "At 1, a state can be held for long."
                : "Above 1, a small state grows until the activation holds it."
        let earlier = before.map { " (\(names.before): \(number(spectralRadius($0))))" } ?? ""
        return flow + " The spectral radius of Wₛ is \(number(radius))\(earlier)\(sigma). \(meaning)"
    }

    private func spectralRadius(_ cell: Diagnosis.Cell) -> Double {
        eigenvalues(cell).map { ($0.x * $0.x + $0.y * $0.y).squareRoot() }.max() ?? 0
    }

    private func eigenvalues(_ cell: Diagnosis.Cell) -> [Point] {
        cell.eigenvalues.filter { $0.count == 2 }.map { Point($0[0], $0[1]) }
    }

    var figures: [Figure] {
        let hasMatrix = !cell.eigenvalues.isEmpty || !cell.singularValues.isEmpty
        return [gradients] + (hasMatrix ? [plane, singularValues] : [])
    }

    private var gradients: Figure {
        var chart = LineChart("‖∂E/∂sₜ‖ over time")
        chart.x.name = "timestep t"
        chart.y.kind = .logarithmic
        chart.lines = lines { cell in
            let points = cell.stateGradientNorms.enumerated().map { Point(Double($0 + 1), $1) }
            return ThinnedCurve(points, limit: 600).points
        }
        return Figure(
            chart,
            "How strongly the error depends on the state at each step. Gradients run from \(cell.reverse ? "left to right" : "right to left"): a straight fall that way is a gradient that shrinks by the same factor every step. Where errors are counted at every step, each adds its own share, so that a level curve alone proves no long memory."
        )
    }

    private var singularValues: Figure {
        var chart = LineChart("Singular values of Wₛ")
        chart.x.name = "the largest first"
        chart.y.includesZero = true
        chart.lines = lines { cell in
            let points = cell.singularValues.enumerated().map { Point(Double($0 + 1), $1) }
            return ThinnedCurve(points, limit: 600).points
        }
        chart.references = [LineChart.Reference("1: lengths are kept", at: 1)]
        return Figure(
            chart,
            "By how much one step can stretch a state in each direction, before the activation squeezes it.")
    }

    private var plane: Figure {
        var dots = [ComplexPlane.Dots(names.now, .blue, outermost(eigenvalues(cell)))]
        if let before {
            dots.insert(ComplexPlane.Dots(names.before, .grey, outermost(eigenvalues(before))), at: 0)
        }
        return Figure(
            ComplexPlane("Eigenvalues of Wₛ", dots),
            "What happens to a state over many steps: inside the unit circle its parts fade, outside they grow, away from the real axis they turn on the way."
        )
    }

    /// The largest ones, where there are too many for a page.
    private func outermost(_ values: [Point]) -> [Point] {
        guard values.count > Self.dotLimit else { return values }
        func size(_ point: Point) -> Double { point.x * point.x + point.y * point.y }
        return Array(values.sorted { size($0) > size($1) }.prefix(Self.dotLimit))
    }

    private func lines(_ points: (Diagnosis.Cell) -> [Point]) -> [LineChart.Line] {
        let now = LineChart.Line(names.now, .blue, points(cell))
        return (before.map { [LineChart.Line(names.before, .grey, points($0))] } ?? []) + [now]
    }
}
