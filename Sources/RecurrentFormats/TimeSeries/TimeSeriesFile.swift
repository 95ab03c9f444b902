import Foundation

/// A set of series in a `.ts` file of the UCR and UEA archive, with a class, a number or nothing to predict for
/// each: univariate or multivariate, of equal or different lengths.
///
///     # comments
///     @key value            in any order, in upper or lower case
///     @data
///     1.5,2,?:3,4,5:label   a line a series: channels separated by colons, values by commas, then what to predict
///
/// The keys are `@classLabel`, `@targetLabel`, `@timeStamps`, `@missing`, `@univariate`, `@dimensions`,
/// `@equalLength` and `@seriesLength`; others are ignored. The series must agree with their values;
/// `@seriesLength` counts only beside `@equalLength true`. With `@timeStamps true` a value is `(time,value)` with
/// a number for the time; dates are not read. Lines may end in LF, CRLF or CR, and a byte-order mark is skipped.
/// Memory: about 50 bytes a step and 8 for each of its values.
public struct TimeSeriesFile: Sendable {
    /// A line of the file after `@data`.
    public struct Series: Sendable, Equatable {
        /// Steps × channels; all values are finite.
        public let steps: [[Double]]
        /// The index of the label in the file's `labels`; 0 if there are none.
        public let label: Int
        /// The number to predict; nil if the file has labels or nothing to predict.
        public let target: Double?
        /// The times of the steps with `@timeStamps true`, increasing by any amounts; otherwise nil.
        public let times: [Double]?

        public init(steps: [[Double]], label: Int = 0, target: Double? = nil, times: [Double]? = nil) {
            self.steps = steps
            self.label = label
            self.target = target
            self.times = times
        }
    }

    /// The treatment of missing values, which the file writes as `?` or `NaN`.
    public enum MissingValues: Sendable {
        /// An error that names the line, the channel and the value.
        case refuse
        /// The straight line between the neighbours in the same channel, over time if the file has times; before
        /// the first and after the last known value, that value. A channel without any value is an error.
        case interpolate
    }

    /// The classes as written after `@classLabel`; the case of labels in the data does not matter. Empty
    /// without `@classLabel true`.
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

    /// Reads the bytes of a file; `path` is its name in errors.
    ///
    /// - Throws: `FileError` naming the line.
    public init(_ data: Data, path: String, missing: MissingValues = .refuse) throws(FileError) {
        var parser = TimeSeriesParser(path: path, missing: missing)
        try parser.take(data.span)
        (labels, series) = try parser.finished()
    }
}
