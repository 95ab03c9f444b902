/// Numbers in the complex plane, with the unit circle and equal scales in both directions.
package struct ComplexPlane: Sendable {
    package struct Dots: Sendable {
        package let name: String
        package let ink: Ink
        /// The numbers: x is the real part, y the imaginary part.
        package let numbers: [Point]

        package init(_ name: String, _ ink: Ink, _ numbers: [Point]) {
            (self.name, self.ink, self.numbers) = (name, ink, numbers)
        }
    }

    package let title: String
    package var dots: [Dots]
    private let side = 480.0

    package init(_ title: String, _ dots: [Dots]) { (self.title, self.dots) = (title, dots) }

    /// The picture as a file of its own.
    package var svg: String { drawn(.file) }

    /// The picture for a page that has `ChartStyle.css` and shows title and legend.
    package var inline: String { drawn(.page) }

    package var legend: [LegendEntry] {
        dots.map { LegendEntry(name: $0.name, ink: $0.ink, kind: .dots) }
    }

    private func drawn(_ medium: Medium) -> String {
        let largest = dots.flatMap(\.numbers).flatMap { [abs($0.x), abs($0.y)] }.filter { $0 < Scale.largest }
            .max()
        let ends = [-1, 1].map { $0 * max(1.05, (largest ?? 0) * 1.05) }
        let scale = Scale(.linear, for: ends, tickCount: 5, endsAtTicks: false)
        let head = Picture(title: title, size: .column, medium: medium).head(legend)
        func frame(height: Double) -> Frame {
            Frame(
                PictureSize(width: side, height: height), medium, x: scale, y: scale,
                xName: "across: real part, upwards: imaginary part", head: head.height)
        }
        // The picture is higher than wide by as much as its upper and lower margins exceed those at the sides.
        let square = frame(height: side)
        let frame = frame(height: side + (square.right - square.left) - (square.bottom - square.top))
        let picture = Picture(title: title, size: frame.size, medium: medium)
        return picture.svg(
            head.drawing + frame.surroundings(xTicks: nil) + circle(in: frame)
                + dots.map { drawing(of: $0, in: frame) })
    }

    private func circle(in frame: Frame) -> [String] {
        guard let x = frame.place(x: 0), let y = frame.place(y: 0), let one = frame.place(x: 1) else {
            return []
        }
        return [
            element(
                "path",
                [
                    "class": "axis", "stroke": ChartStyle.axis,
                    "d": "M\(short(x)) \(short(frame.top))V\(short(frame.bottom))",
                ]),
            element(
                "circle",
                [
                    "class": "line grey", "cx": short(x), "cy": short(y), "r": short(one - x),
                    "stroke": Ink.grey.colour, "stroke-dasharray": "5 3",
                ], element("title", [:], "the unit circle")),
        ]
    }

    private func drawing(of dots: Dots, in frame: Frame) -> String {
        let places = dots.numbers.compactMap { number in
            frame.place(x: number.x).flatMap { x in
                frame.place(y: number.y).map { "M\(short(x)) \(short($0))h0" }
            }
        }
        return element(
            "path",
            [
                "class": "dots \(dots.ink.rawValue)", "stroke": dots.ink.colour,
                "stroke-width": places.count > 200 ? "3.5" : "5", "stroke-opacity": ".8",
                "stroke-linecap": "round",
                "vector-effect": "non-scaling-stroke", "d": places.joined(),
            ], element("title", [:], escaped(dots.name)))
    }
}
