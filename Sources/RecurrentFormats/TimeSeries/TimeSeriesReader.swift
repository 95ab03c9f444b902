/// Reads the lines after `@data` of a `.ts` file, one series each, and checks them against the header.
struct TimeSeriesReader {
    private let header: TimeSeriesHeader
    private let hasTimes: Bool
    /// Those of the series before.
    private var channels: Int?
    private var length: Int?
    private var values: TimeSeriesValues

    init(_ header: TimeSeriesHeader, missing: TimeSeriesFile.MissingValues) {
        self.header = header
        hasTimes = header.flags["timestamps"] ?? false
        values = TimeSeriesValues(missing: missing)
    }

    /// - Parameter line: without blanks at its ends.
    mutating func series(_ line: Span<UInt8>) throws(LineProblem) -> TimeSeriesFile.Series {
        let colon = UInt8(ascii: ":")
        guard let end = header.answer == .none ? line.count : line.lastPlace(of: colon) else {
            throw LineProblem(
                "0 channels: no colon parts values from what they are to predict; add what is missing")
        }
        values.removeAll()
        var start = 0
        while start <= end {
            let next = min(line.place(of: colon, from: start), end)
            let channel = line.extracting(start..<next)
            if hasTimes { try values.takeTimed(channel) } else { try values.take(channel) }
            start = next + 1
        }
        try check(channels: values.channels, length: values.length)
        let times = hasTimes ? values.times : nil
        let answer = line.withoutBlanks(in: min(end + 1, line.count)..<line.count)
        return switch header.answer {
        case .none: .init(steps: values.steps, times: times)
        case .label: .init(steps: values.steps, label: try label(line.extracting(answer)), times: times)
        case .target: .init(steps: values.steps, target: try target(line.extracting(answer)), times: times)
        }
    }

    private func label(_ text: Span<UInt8>) throws(LineProblem) -> Int {
        guard let place = text.text.flatMap({ header.places[$0.lowercased()] }) else {
            throw LineProblem(
                "the label \(text.quoted) is not among those of @classLabel; correct it or add it there")
        }
        return place
    }

    private func target(_ text: Span<UInt8>) throws(LineProblem) -> Double {
        guard let target = DecimalNumber.parse(text, 0..<text.count) else {
            throw LineProblem(
                "\(text.quoted) where the number to predict is expected; correct it or remove the series")
        }
        return target
    }

    private mutating func check(channels: Int, length: Int) throws(LineProblem) {
        func require(_ found: Int, _ what: String, _ expected: Int?, _ source: String) throws(LineProblem) {
            guard let expected, found != expected else { return }
            throw LineProblem("\(found) \(what) where \(expected) are expected by \(source); correct either")
        }
        if header.flags["univariate"] == true { try require(channels, "channels", 1, "@univariate true") }
        try require(channels, "channels", header.numbers["dimensions"], "@dimensions")
        try require(channels, "channels", self.channels, "the series before")
        if header.flags["equallength"] == true {
            try require(length, "steps", header.numbers["serieslength"], "@seriesLength")
            try require(length, "steps", self.length, "@equalLength true after the series before")
        }
        (self.channels, self.length) = (channels, length)
    }
}
