/// The area of a picture in which data are drawn, with its grid, ticks and axis names.
struct Frame {
    let size: PictureSize
    let medium: Medium
    let x: Scale
    let y: Scale
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
    private let xName: String

    /// - Parameter head: The height of the title and legend above.
    init(_ size: PictureSize, _ medium: Medium, x: Scale, y: Scale, xName: String, head: Double) {
        (self.size, self.medium, self.x, self.y) = (size, medium, x, y)
        let widest = y.ticks.map(\.label.count).max() ?? 1
        left = 14 + Double(widest) * Self.characterWidth(medium)
        right = size.width - 16
        top = head + 10
        bottom = size.height - (xName.isEmpty ? 26 : 44)
        self.xName = xName
    }

    /// The width of a character, an upper estimate.
    static func characterWidth(_ medium: Medium) -> Double { medium == .file ? 7.7 : 9.6 }

    func place(x value: Double) -> Double? { x.share(value).map { left + $0 * (right - left) } }
    func place(y value: Double) -> Double? { y.share(value).map { bottom - $0 * (bottom - top) } }

    /// The grid, the ticks and the name of the x axis.
    ///
    /// - Parameter xTicks: The ticks of the x axis; nil stands for those of its scale.
    func surroundings(xTicks: [Tick]?) -> [String] {
        let rows = y.ticks.flatMap { tick in
            place(y: tick.value).map { y in
                [
                    rule(left, y, right, y, "grid", ChartStyle.grid),
                    label(tick.label, x: left - 7, y: y, shift: ".35em", anchor: "end"),
                ]
            } ?? []
        }
        let columns = (xTicks ?? x.ticks).flatMap { tick in
            place(x: tick.value).map { x in
                [rule(x, bottom, x, bottom + 5, "axis", ChartStyle.axis), columnLabel(tick.label, x: x)]
            } ?? []
        }
        let name = label(xName, x: (left + right) / 2, y: size.height - 5, anchor: "middle")
        return rows + [rule(left, bottom, right, bottom, "axis", ChartStyle.axis)] + columns
            + (xName.isEmpty ? [] : [name])
    }

    /// A label below the x axis, moved to the left if it would leave the picture.
    private func columnLabel(_ text: String, x: Double) -> String {
        let half = Double(text.count) * Self.characterWidth(medium) / 2
        let isBeyond = x + half > size.width
        return label(
            text, x: isBeyond ? size.width : x, y: bottom + 6, shift: "1em",
            anchor: isBeyond ? "end" : "middle")
    }

    private func rule(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ name: String, _ colour: String
    ) -> String {
        element(
            "path",
            ["class": name, "d": "M\(short(x1)) \(short(y1))L\(short(x2)) \(short(y2))", "stroke": colour])
    }

    private func label(
        _ text: String, x: Double, y: Double, shift: String = "0", anchor: String
    ) -> String {
        element(
            "text",
            [
                "x": short(x), "y": short(y), "dy": shift, "text-anchor": anchor,
                "fill": ChartStyle.mutedText,
            ], escaped(text))
    }
}
