/// Parses a `.ts` file line by line: first the header, then the series.
struct TimeSeriesParser {
    let path: String
    let missing: TimeSeriesFile.MissingValues
    private var header = TimeSeriesHeader()
    private var reader: TimeSeriesReader?
    private var series: [TimeSeriesFile.Series] = []
    private var line = 0
    /// The first empty line after @data. Empty lines are allowed only at the end of the file.
    private var emptyLine: Int?

    init(path: String, missing: TimeSeriesFile.MissingValues) {
        self.path = path
        self.missing = missing
    }

    mutating func take(_ bytes: Span<UInt8>) throws(FileError) {
        let (cr, lf) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))
        let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        var start = hasMark ? 3 : 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != lf, bytes[end] != cr { end += 1 }
            line += 1
            do throws(LineProblem) {
                try take(line: bytes.extracting(bytes.withoutBlanks(in: start..<end)))
            } catch {
                throw FileError(path: path, line: line, problem: error.text)
            }
            let isPair = end + 1 < bytes.count && bytes[end] == cr && bytes[end + 1] == lf
            start = end + (isPair ? 2 : 1)
        }
    }

    private mutating func take(line text: Span<UInt8>) throws(LineProblem) {
        if text.isEmpty {
            if reader != nil && emptyLine == nil { emptyLine = line }
        } else if text[0] != UInt8(ascii: "#") {
            if let emptyLine { throw LineProblem("line \(emptyLine) before this one is empty; remove it") }
            if let next = try reader?.series(text) {
                series.append(next)
            } else if try header.take(text) {
                reader = TimeSeriesReader(header, missing: missing)
            }
        }
    }

    func finished() throws(FileError) -> ([String], [TimeSeriesFile.Series]) {
        if reader == nil {
            throw FileError(
                path: path, problem: "there is no line '@data' and nothing after it; is this a .ts file?")
        }
        if series.isEmpty {
            throw FileError(path: path, problem: "there are no series after @data; add a line for each")
        }
        return (header.labels, series)
    }
}
