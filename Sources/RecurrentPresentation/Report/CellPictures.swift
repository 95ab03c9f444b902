import RecurrentCharts

/// Pictures and words for one direction of one layer.
struct CellPictures {
    let cell: Diagnosis.Cell
    let kind: CellKind
    /// The same cell in the first diagnosis, if there is more than one.
    let before: Diagnosis.Cell?
    let names: (before: String, now: String)
    /// The mean of an LSTM's forget gate by epoch; empty for other cells.
    let forgetGate: [Point]

    /// The largest number of eigenvalues drawn.
    private static let dotLimit = 1500

    private var flow: GradientFlow { GradientFlow(cell.stateGradientNorms, isReverse: cell.reverse) }

    var headline: String { flow.headline }

    var words: String {
        let flow = flow.words + gateWords
        guard !cell.eigenvalues.isEmpty else { return flow }
        let norm = cell.singularValues.first.map { ", its spectral norm \(number($0))" } ?? ""
        let radius = cell.spectralRadius
        let meaning =
            radius < 0.995
            ? "Below 1, a state fades unless something feeds it."
            : radius <= 1.005
                ? "At 1, a state can be held for long."
                : "Above 1, a small state grows until the activation holds it."
        let earlier = before.map { " (\(names.before): \(number($0.spectralRadius)))" } ?? ""
        return flow + " The spectral radius of Wₛ is \(number(radius))\(earlier)\(norm). \(meaning)"
    }

    private func eigenvalues(_ cell: Diagnosis.Cell) -> [Point] {
        cell.eigenvalues.filter { $0.count == 2 }.map { Point($0[0], $0[1]) }
    }

    var figures: [Figure] {
        let hasMatrix = !cell.eigenvalues.isEmpty || !cell.singularValues.isEmpty
        return [gradients] + (hasMatrix ? [plane, singularValues] : [])
            + (forgetGate.isEmpty ? [] : [forgetting])
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
            "How strongly the loss depends on the \(kind == .lstm ? "output s of the cell" : "state") at each step\(kind == .lstm ? "; what flows along c is not in it" : ""). Gradients flow from \(cell.reverse ? "left to right" : "right to left"): a straight fall in that direction is a gradient that shrinks by the same factor every step. If there is a loss at every step, each adds its own gradient, so a level curve alone does not prove a long memory."
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
            "The factors by which one step can stretch a state, before the activation squeezes it. The largest is the spectral norm."
        )
    }

    private var plane: Figure {
        var dots = [ComplexPlane.Dots(names.now, .blue, outermost(eigenvalues(cell)))]
        if let before {
            dots.insert(ComplexPlane.Dots(names.before, .grey, outermost(eigenvalues(before))), at: 0)
        }
        return Figure(
            ComplexPlane("Eigenvalues of Wₛ", dots),
            "The components of a state over many steps: inside the unit circle they decay, outside they grow, away from the real axis they rotate. The largest magnitude is the spectral radius."
        )
    }

    /// The values of the largest magnitude, if there are more than `dotLimit`.
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
