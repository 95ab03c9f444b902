import Foundation
import Recurrent

/// A labelled set of multivariate series as the UEA and UCR archive writes them, `.ts`: comment lines with #, lines
/// `@key value`, `@data`, and a line a series, its channels and its label separated by colons, values by commas.
///
/// Reads what the archive's classification sets without timestamps and missing values need, and refuses the rest.
struct TimeSeriesFile {
    struct Series {
        /// Time-major: every step has a value for each channel.
        let steps: [[Double]]
        /// The label's place among `labels`.
        let label: Int
    }

    let labels: [String]
    let series: [Series]

    /// - Throws: `FileError` naming the line.
    init(_ data: Data, path: String) throws(FileError) {
        var parser = TimeSeriesParser(path: path)
        let text = String(decoding: data, as: UTF8.self)
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            try parser.take(line)
        }
        (labels, series) = (parser.labels, parser.series)
        if series.isEmpty { throw FileError(path: path, problem: "there are no series behind @data") }
    }
}

/// Takes a file line by line.
private struct TimeSeriesParser {
    let path: String
    private(set) var labels: [String] = []
    private(set) var series: [TimeSeriesFile.Series] = []
    private var number = 0
    private var isInData = false
    private var channels: Int?

    init(path: String) { self.path = path }

    mutating func take(_ line: Substring) throws(FileError) {
        number += 1
        if line.isEmpty || line.hasPrefix("#") { return }
        if isInData { return try takeSeries(line) }
        guard line.hasPrefix("@") else { throw problem("a line of the form '@key value' is expected") }
        let words = line.dropFirst().split(separator: " ").map(String.init)
        switch words.first?.lowercased() {
        case "data":
            if labels.isEmpty { throw problem("@data comes before '@classLabel true' with its labels") }
            isInData = true
        case "classlabel":
            guard words.count > 2, words[1].lowercased() == "true" else {
                throw problem("'@classLabel true' and labels are expected: only classification is read")
            }
            labels = Array(words.dropFirst(2))
        case "timestamps", "missing":
            if words.last?.lowercased() != "false" {
                throw problem("timestamps and missing values are not read")
            }
        default: break
        }
    }

    private mutating func takeSeries(_ line: Substring) throws(FileError) {
        let fields = line.split(separator: ":", omittingEmptySubsequences: false)
        guard let label = labels.firstIndex(of: String(fields[fields.count - 1])) else {
            throw problem("the label '\(fields[fields.count - 1])' is not among those of @classLabel")
        }
        var values: [[Double]] = []
        for field in fields.dropLast() { values.append(try channel(field)) }
        let (found, steps) = (values.count, values.first?.count ?? 0)
        guard found > 0, found == channels ?? found else {
            throw problem("\(found) channels where \(channels ?? 1) are expected")
        }
        guard values.allSatisfy({ $0.count == steps }) else {
            throw problem("the channels have different numbers of values")
        }
        channels = found
        let timeMajor = (0..<steps).map { step in values.map { $0[step] } }
        series.append(TimeSeriesFile.Series(steps: timeMajor, label: label))
    }

    private func channel(_ field: Substring) throws(FileError) -> [Double] {
        var values: [Double] = []
        for text in field.split(separator: ",", omittingEmptySubsequences: false) {
            guard let value = Double(text), value.isFinite else {
                throw problem("'\(text)' where a finite number is expected")
            }
            values.append(value)
        }
        return values
    }

    private func problem(_ text: String) -> FileError { FileError(path: path, line: number, problem: text) }
}
