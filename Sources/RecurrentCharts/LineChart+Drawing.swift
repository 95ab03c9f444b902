extension LineChart {
    func drawn(_ medium: Medium) -> String {
        let picture = Picture(title: title, size: size, medium: medium)
        let head = picture.head(legend)
        let frame = Frame(size, medium, x: xScale, y: yScale, xName: x.name, head: head.height)
        let data =
            [band.map { area($0, in: frame) } ?? ""] + references.map { rule($0, in: frame) }
            + lines.flatMap { drawing(of: $0, in: frame) }
        return picture.svg(
            head.drawing + frame.surroundings(xTicks: x.ticks) + data.filter { !$0.isEmpty })
    }

    private var xScale: Scale {
        var values = lines.flatMap { $0.points.map(\.x) }
        values += band?.edges.map(\.x) ?? []
        values += references.filter(\.isVertical).map(\.value)
        return Scale(x.kind, for: values, tickCount: Int(size.width / 95), endsAtTicks: false)
    }

    private var yScale: Scale {
        var values = lines.flatMap { $0.points.map(\.y) }
        values += band?.edges.flatMap { [$0.lower, $0.upper] } ?? []
        values += references.filter { !$0.isVertical }.map(\.value)
        if y.includesZero { values.append(0) }
        return Scale(y.kind, for: values, tickCount: Int(size.height / 50), endsAtTicks: true)
    }

    private func rule(_ reference: Reference, in frame: Frame) -> String {
        let path =
            reference.isVertical
            ? frame.place(x: reference.value).map {
                "M\(short($0)) \(short(frame.top))V\(short(frame.bottom))"
            }
            : frame.place(y: reference.value).map {
                "M\(short(frame.left)) \(short($0))H\(short(frame.right))"
            }
        guard let path else { return "" }
        return element(
            "path",
            [
                "class": "line grey", "d": path, "stroke": Ink.grey.colour, "stroke-width": "1.3",
                "stroke-dasharray": "5 3", "vector-effect": "non-scaling-stroke",
            ], element("title", [:], escaped(reference.name)))
    }

    private func area(_ band: Band, in frame: Frame) -> String {
        let edges = band.edges.compactMap { edge -> (x: Double, lower: Double, upper: Double)? in
            guard let x = frame.place(x: edge.x), let lower = frame.place(y: edge.lower),
                let upper = frame.place(y: edge.upper)
            else { return nil }
            return (x, lower, upper)
        }
        guard !edges.isEmpty else { return "" }
        let outline = edges.map { ($0.x, $0.upper) } + edges.reversed().map { ($0.x, $0.lower) }
        return element(
            "polygon",
            [
                "class": "area \(band.ink.rawValue)", "fill": band.ink.colour, "fill-opacity": ".18",
                "points": outline.map { "\(short($0.0)),\(short($0.1))" }.joined(separator: " "),
            ], element("title", [:], escaped(band.name)))
    }

    private func drawing(of line: Line, in frame: Frame) -> [String] {
        let places = line.points.map { point in
            frame.place(x: point.x).flatMap { x in frame.place(y: point.y).map { (x: x, y: $0) } }
        }
        let pieces = places.split { $0 == nil }.map { $0.compactMap { $0 } }
        let alone =
            line.style == .marked ? pieces.flatMap { $0 } : pieces.filter { $0.count == 1 }.flatMap { $0 }
        let lost = line.points.filter { frame.y.share($0.y) == nil }.compactMap { frame.place(x: $0.x) }
        return pieces.filter { $0.count > 1 }.map { polyline($0, line) } + [dots(alone, line)]
            + [crosses(lost, line, in: frame)]
    }

    private func polyline(_ places: [(x: Double, y: Double)], _ line: Line) -> String {
        element(
            "polyline",
            [
                "class": "line \(line.ink.rawValue)", "stroke": line.ink.colour,
                "stroke-width": line.style == .faint ? "1" : "1.6",
                "stroke-opacity": line.style == .faint ? ".4" : nil, "stroke-linejoin": "round",
                "vector-effect": "non-scaling-stroke",
                "points": places.map { "\(short($0.x)),\(short($0.y))" }.joined(separator: " "),
            ], element("title", [:], escaped(line.name)))
    }

    private func dots(_ places: [(x: Double, y: Double)], _ line: Line) -> String {
        guard !places.isEmpty else { return "" }
        return element(
            "path",
            [
                "class": "dots \(line.ink.rawValue)", "stroke": line.ink.colour, "stroke-width": "5",
                "stroke-linecap": "round", "vector-effect": "non-scaling-stroke",
                "d": places.map { "M\(short($0.x)) \(short($0.y))h0" }.joined(),
            ], element("title", [:], escaped(line.name)))
    }

    /// Crosses at the top of the picture, one for each value that is not finite.
    private func crosses(_ places: [Double], _ line: Line, in frame: Frame) -> String {
        guard !places.isEmpty else { return "" }
        return element(
            "path",
            [
                "class": "line \(line.ink.rawValue)", "stroke": line.ink.colour, "stroke-width": "1.6",
                "d": places.map { "M\(short($0 - 3)) \(short(frame.top - 7))l6 6m-6 0l6-6" }.joined(),
            ], element("title", [:], escaped("\(line.name): not a finite number")))
    }
}
