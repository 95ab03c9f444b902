import Foundation

/// Lines over a common axis, as SVG that needs nothing else to be seen.
struct LineChart {
    let title: String
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>
    /// Labels below the x axis, by position.
    var ticks: [(position: Double, label: String)] = []
    private var lines: [(name: String, colour: String, points: [(Double, Double)])] = []

    private let width = 1100.0
    private let height = 440.0
    private let left = 64.0
    private let right = 20.0
    private let top = 64.0
    private let bottom = 40.0

    init(title: String, x: ClosedRange<Double>, y: ClosedRange<Double>) {
        self.title = title
        self.x = x
        self.y = y
    }

    mutating func add(name: String, colour: String, _ points: [(Double, Double)]) {
        lines.append((name, colour, points))
    }

    /// 1, 2 or 5 times a power of ten: the smallest such step that is at least `wanted`.
    static func roundStep(_ wanted: Double) -> Double {
        guard wanted > 0, wanted.isFinite else { return 1 }
        let power = pow(10, log10(wanted).rounded(.down))
        return ([1, 2, 5, 10].first { $0 * power >= wanted } ?? 10) * power
    }

    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(width)) \(Int(height))" font-family="sans-serif" font-size="13">
        <rect width="100%" height="100%" fill="#ffffff"/>
        <text x="\(left)" y="24" font-size="16" fill="#1b1f24">\(Self.escape(title))</text>
        \(legend)
        \(horizontalGrid)
        \(xLabels)
        \(lines.map(polyline).joined(separator: "\n"))
        </svg>

        """
    }

    private func place(_ px: Double, _ py: Double) -> (Double, Double) {
        let across = (px - x.lowerBound) / (x.upperBound - x.lowerBound)
        let up = (py - y.lowerBound) / (y.upperBound - y.lowerBound)
        return (
            left + across * (width - left - right), height - bottom - up * (height - top - bottom)
        )
    }

    private var legend: String {
        var offset = left
        return lines.map { name, colour, _ in
            let entry =
                "<line x1=\"\(offset)\" y1=\"44\" x2=\"\(offset + 24)\" y2=\"44\" stroke=\"\(colour)\" stroke-width=\"3\"/><text x=\"\(offset + 30)\" y=\"48\" fill=\"#1b1f24\">\(Self.escape(name))</text>"
            offset += 60 + 7.5 * Double(name.count)
            return entry
        }.joined(separator: "\n")
    }

    private var horizontalGrid: String {
        let step = Self.roundStep((y.upperBound - y.lowerBound) / 6)
        let first = (y.lowerBound / step).rounded(.up) * step
        return stride(from: first, through: y.upperBound, by: step).map { value in
            let (_, py) = place(x.lowerBound, value)
            let label = String(format: "%.6g", value)
            return
                "<line x1=\"\(left)\" y1=\"\(fixed(py, 1))\" x2=\"\(width - right)\" y2=\"\(fixed(py, 1))\" stroke=\"#e4e7eb\"/><text x=\"\(left - 8)\" y=\"\(fixed(py + 4, 1))\" text-anchor=\"end\" fill=\"#57606a\">\(label)</text>"
        }.joined(separator: "\n")
    }

    private var xLabels: String {
        ticks.map { position, label in
            let (px, _) = place(position, y.lowerBound)
            return
                "<text x=\"\(fixed(px, 1))\" y=\"\(height - bottom + 20)\" text-anchor=\"middle\" fill=\"#57606a\">\(Self.escape(label))</text>"
        }.joined(separator: "\n")
    }

    private func polyline(_ name: String, _ colour: String, _ points: [(Double, Double)]) -> String {
        let path = points.map { point in
            let (px, py) = place(point.0, point.1)
            return "\(fixed(px, 1)),\(fixed(py, 1))"
        }.joined(separator: " ")
        return
            "<polyline fill=\"none\" stroke=\"\(colour)\" stroke-width=\"1.4\" stroke-linejoin=\"round\" points=\"\(path)\"><title>\(Self.escape(name))</title></polyline>"
    }

    private static func escape(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }
}
