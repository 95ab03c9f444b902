import RecurrentCharts

extension Sweep {
    /// The time against the dimension that changes.
    var timePlot: LineChart {
        let shape = points[0].double
        let fixed = [("T", shape.T), ("B", shape.B)].filter { $0.0 != name }.map { "\($0.0) = \($0.1)" }
        let widths = name == "H" ? "I = O = H/2" : "I = O = \(shape.I), H = \(shape.H)"
        var plot = plot(
            "A training step (\(shape.cell)) against \(name), in ms (\((fixed + [widths]).joined(separator: ", ")))"
        ) { $0.milliseconds.min }
        plot.y.kind = .logarithmic
        return plot
    }

    /// The share of the peak against the dimension that changes.
    func sharePlot(peak: (double: Double, float: Double)) -> LineChart {
        var plot = plot("Share of the speed of a 2048³ product, in %") {
            $0.gflops / ($0.scalar == "f64" ? peak.double : peak.float) * 100
        }
        plot.y.includesZero = true
        return plot
    }

    private func plot(_ title: String, _ value: (Record) -> Double) -> LineChart {
        var plot = LineChart(title, size: PictureSize(width: 640, height: 400))
        plot.x.name = name
        plot.x.kind = .logarithmic
        plot.x.ticks = points.map { Tick(Double($0.width), "\($0.width)") }
        plot.lines = [
            LineChart.Line(
                "Double", .blue, points.map { Point(Double($0.width), value($0.double)) }, style: .marked),
            LineChart.Line(
                "Float", .orange, points.map { Point(Double($0.width), value($0.float)) }, style: .marked),
        ]
        return plot
    }
}
