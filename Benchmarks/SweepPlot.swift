import Foundation

/// A sweep as SVG: lines over logarithmic axes.
struct SweepPlot {
    let title: String
    let axis: String
    /// What the lines show: a name, a colour, and points.
    let lines: [(name: String, colour: String, points: [(x: Double, y: Double)])]
    /// Whether y is logarithmic too; otherwise it is per cent from 0.
    let isLogarithmic: Bool

    private let width = 640.0
    private let height = 400.0
    private let left = 70.0
    private let right = 20.0
    private let top = 60.0
    private let bottom = 50.0

    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(width)) \(Int(height))" font-family="sans-serif" font-size="13">
        <rect width="100%" height="100%" fill="#ffffff"/>
        <text x="\(left)" y="24" font-size="16" fill="#1b1f24">\(title)</text>
        \((grid + legend + lines.map(path)).joined(separator: "\n"))
        <text x="\((left + width - right) / 2)" y="\(height - 10)" text-anchor="middle" fill="#57606a">\(axis)</text>
        </svg>
        """ + "\n"
    }

    private var xs: [Double] { Set(lines.flatMap { $0.points.map(\.x) }).sorted() }
    private var ys: [Double] { lines.flatMap { $0.points.map(\.y) } }

    /// Powers of ten around the points, or multiples of 20 up to beyond them.
    private var levels: [Double] {
        guard isLogarithmic else {
            let top = ((ys.max() ?? 1) / 20).rounded(.up) * 20
            return Array(stride(from: 0, through: max(top, 20), by: 20))
        }
        let low = log10(ys.min() ?? 1).rounded(.down)
        let high = log10(ys.max() ?? 1).rounded(.up)
        return stride(from: low, through: max(high, low + 1), by: 1).map { pow(10, $0) }
    }

    private func place(x: Double) -> Double {
        let (low, high) = (log(xs.first ?? 1), log(max(xs.last ?? 2, (xs.first ?? 1) * 1.01)))
        return left + (log(x) - low) / (high - low) * (width - left - right)
    }

    private func place(y: Double) -> Double {
        let (low, high) = (levels.first ?? 0, levels.last ?? 1)
        let part = isLogarithmic ? log(y / low) / log(high / low) : (y - low) / (high - low)
        return height - bottom - part * (height - top - bottom)
    }

    private var grid: [String] {
        levels.map { level in
            let y = place(y: level)
            let label = level >= 1 || level == 0 ? String(format: "%g", level) : String(format: "%.3g", level)
            return
                "<line x1=\"\(left)\" x2=\"\(width - right)\" y1=\"\(y)\" y2=\"\(y)\" stroke=\"#e4e7eb\"/><text x=\"\(left - 8)\" y=\"\(y + 4)\" text-anchor=\"end\" fill=\"#57606a\">\(label)</text>"
        }
            + xs.map { x in
                "<text x=\"\(place(x: x))\" y=\"\(height - bottom + 20)\" text-anchor=\"middle\" fill=\"#57606a\">\(Int(x))</text>"
            }
    }

    private var legend: [String] {
        lines.enumerated().map { index, line in
            "<text x=\"\(left + Double(index) * 150)\" y=\"46\" fill=\"\(line.colour)\">● \(line.name)</text>"
        }
    }

    private func path(_ line: (name: String, colour: String, points: [(x: Double, y: Double)])) -> String {
        let points = line.points.map { "\(place(x: $0.x)),\(place(y: $0.y))" }
        let marks = line.points.map {
            "<circle cx=\"\(place(x: $0.x))\" cy=\"\(place(y: $0.y))\" r=\"3\" fill=\"\(line.colour)\"/>"
        }
        return
            "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"\(line.colour)\" stroke-width=\"2\"/>"
            + marks.joined()
    }
}

extension Sweep {
    /// Time against the width.
    var timePlot: SweepPlot {
        let shape = points[0].double
        let fixed = [("T", shape.T), ("B", shape.B)].filter { $0.0 != name }.map { "\($0.0) = \($0.1)" }
        let widths = name == "H" ? "I = O = H/2" : "I = O = \(shape.I), H = \(shape.H)"
        return SweepPlot(
            title: "A training step against \(name), in ms (\((fixed + [widths]).joined(separator: ", ")))",
            axis: name, lines: lines { $0.milliseconds.min }, isLogarithmic: true)
    }

    /// The share of the peak against the width.
    func sharePlot(peak: (double: Double, float: Double)) -> SweepPlot {
        SweepPlot(
            title: "Share of the speed of a 2048³ product, in %", axis: name,
            lines: lines { $0.gflops / ($0.scalar == "f64" ? peak.double : peak.float) * 100 },
            isLogarithmic: false)
    }

    private func lines(
        _ value: (Record) -> Double
    ) -> [(name: String, colour: String, points: [(x: Double, y: Double)])] {
        [
            ("Double", "#1f6fd6", points.map { (Double($0.width), value($0.double)) }),
            ("Float", "#d6481f", points.map { (Double($0.width), value($0.float)) }),
        ]
    }
}
