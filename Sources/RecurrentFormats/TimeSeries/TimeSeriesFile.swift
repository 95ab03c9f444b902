import Foundation

/// A set of series as the UCR and UEA archive writes them, `.ts`, with a class, a number or nothing to predict for
/// each: univariate or multivariate, of equal or of different lengths.
///
///     # comments
///     @key value            in any order, in upper or lower case
///     @data
///     1.5,2,?:3,4,5:label   a line a series: channels separated by colons, values by commas, then what to predict
///
/// Understood are `@classLabel`, `@targetLabel`, `@timeStamps`, `@missing`, `@univariate`, `@dimensions`,
/// `@equalLength` and `@seriesLength`; other keys mean nothing. What they say is checked where it can be trusted: the
/// length only beside `@equalLength true`, and everything else where it is said at all. With `@timeStamps true` a value
/// is `(time,value)` with a number for the time; dates are not read. Lines may end in LF, CRLF or CR, and a byte-order
/// mark is skipped. A step takes some 50 bytes of memory beside 8 for each channel.
public struct TimeSeriesFile: Sendable {
    public struct Series: Sendable, Equatable {
        /// Time-major: every step has a value for each channel; all are finite.
        public let steps: [[Double]]
        /// The label's place among the file's `labels`; 0 where there are none.
        public let label: Int
        /// The number to predict; nil where the file has labels or nothing to predict.
        public let target: Double?
        /// When each step was, with `@timeStamps true`; they increase, by any amounts. Otherwise nil.
        public let times: [Double]?

        public init(steps: [[Double]], label: Int = 0, target: Double? = nil, times: [Double]? = nil) {
            self.steps = steps
            self.label = label
            self.target = target
            self.times = times
        }
    }

    /// What becomes of missing values, which the file writes as `?` or `NaN`.
    public enum MissingValues: Sendable {
        /// An error that names the line, the channel and the value.
        case refuse
        /// The straight line between the neighbours in the same channel, over time where the file has times; before the
        /// first and after the last value that is there, that value. A channel without any value is an error.
        case interpolate
    }

    /// The classes in the order of `@classLabel`, as they are written there; in the data upper and lower case are the
    /// same. Empty without `@classLabel true`.
    public let labels: [String]
    /// At least one.
    public let series: [Series]

    /// The number of values at each step, the same for all series.
    public var channels: Int { series[0].steps[0].count }

    /// Reads a whole file, or standard input for "-".
    ///
    /// - Throws: `FileError` naming the line.
    public init(contentsOf path: String, missing: MissingValues = .refuse) throws(FileError) {
        try self.init(try FileError.read(path), path: path, missing: missing)
    }

    /// Reads a file's bytes; `path` is what errors call it.
    ///
    /// - Throws: `FileError` naming the line.
    public init(_ data: Data, path: String, missing: MissingValues = .refuse) throws(FileError) {
        var parser = TimeSeriesParser(path: path, missing: missing)
        try parser.take(data.span)
        (labels, series) = try parser.finished()
    }
}

/// Takes a file line by line: first the header, then the series.
private struct TimeSeriesParser {
    let path: String
    let missing: TimeSeriesFile.MissingValues
    private var header = TimeSeriesHeader()
    private var reader: TimeSeriesReader?
    private var series: [TimeSeriesFile.Series] = []
    private var line = 0
    /// The first empty line behind @data. At the end of the file there may be some.
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
                path: path, problem: "there is no line '@data' and nothing behind it; is this a .ts file?")
        }
        if series.isEmpty {
            throw FileError(path: path, problem: "there are no series behind @data; add a line for each")
        }
        return (header.labels, series)
    }
}
