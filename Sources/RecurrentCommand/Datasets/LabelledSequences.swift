import Foundation
import Recurrent

/// Sequences of values or of words, and the class of each.
struct LabelledSequences {
    enum Steps {
        case values([[[Double]]])
        case words([[String]])

        /// The number of steps of all sequences together.
        var count: Int {
            switch self {
            case .values(let values): values.reduce(0) { $0 + $1.count }
            case .words(let words): words.reduce(0) { $0 + $1.count }
            }
        }
    }

    let steps: Steps
    /// The class of each sequence; empty if no classes are known.
    let labels: [String]

    var count: Int {
        switch steps {
        case .values(let values): values.count
        case .words(let words): words.count
        }
    }

    /// The sequences at these indices.
    subscript(indices: [Int]) -> LabelledSequences {
        let some: Steps =
            switch steps {
            case .values(let values): .values(indices.map { values[$0] })
            case .words(let words): .words(indices.map { words[$0] })
            }
        return LabelledSequences(steps: some, labels: labels.isEmpty ? [] : indices.map { labels[$0] })
    }

    static func + (a: LabelledSequences, b: LabelledSequences) -> LabelledSequences {
        switch (a.steps, b.steps) {
        case (.values(let first), .values(let second)):
            LabelledSequences(steps: .values(first + second), labels: a.labels + b.labels)
        case (.words(let first), .words(let second)):
            LabelledSequences(steps: .words(first + second), labels: a.labels + b.labels)
        default: preconditionFailure("values and words cannot be joined")
        }
    }
}

extension LabelledSequences {
    /// Reads series with their classes from a `.ts` file, or from an `.npy` file of sequences × steps × channels.
    ///
    /// - Parameters:
    ///   - classes: an `.npy` file with the class of each sequence of an `.npy` file, a whole number.
    ///   - missing: the treatment of missing values in a `.ts` file; nil makes them errors.
    init(series path: String, classes: String?, missing: MissingValues?) throws {
        if path.lowercased().hasSuffix(".npy") {
            steps = .values(try NumPyArray(contentsOf: path).sequences())
            labels = try classes.map { try Self.classes($0) } ?? []
            guard labels.isEmpty || labels.count == count else {
                throw CommandFailure(
                    "\(classes ?? ""): \(labels.count) classes for \(count) sequences in \(path)")
            }
            return
        }
        guard path.lowercased().hasSuffix(".ts") else {
            throw CommandFailure(
                "\(path): give a .ts file, or an .npy file whose classes are in another, given with --labels")
        }
        guard classes == nil else {
            throw CommandFailure("--labels needs --data with an .npy file; \(path) contains the classes")
        }
        guard missing != .previous else {
            throw CommandFailure("--missing previous is for CSV files; use --missing interpolate")
        }
        let file = try TimeSeriesFile(
            contentsOf: path, missing: missing == .interpolate ? .interpolate : .refuse)
        steps = .values(file.series.map(\.steps))
        labels = file.labels.isEmpty ? [] : file.series.map { file.labels[$0.label] }
    }

    private static func classes(_ path: String) throws -> [String] {
        let array = try NumPyArray(contentsOf: path)
        return try array.values.map { value in
            guard array.shape.count == 1, let number = Int(exactly: value) else {
                throw CommandFailure("\(path): expected one whole number for each sequence")
            }
            return "\(number)"
        }
    }

    /// Reads texts with their classes from a file of columns separated by tabs, or the lines of a text.
    ///
    /// - Parameters:
    ///   - text: the column of texts: its name in the header line, or its number counted from 1 if the file has no
    ///     header line. If nil, every line of the file is a text without a class.
    ///   - label: the column of classes, by name or number in the same way.
    init(texts path: String, text: String?, label: String?) throws {
        guard let text else {
            guard label == nil else { throw CommandFailure("--label-column needs --text-column") }
            steps = .words(lines(of: try TextReader.text(of: path)).map { TweetWords.split(String($0)) })
            labels = []
            return
        }
        guard label == nil || (Int(text) == nil) == (Int(label ?? "") == nil) else {
            throw CommandFailure(
                "give --text-column and --label-column both by name, or both by number if the file has no header line"
            )
        }
        func column(_ word: String) -> TableColumn { Int(word).map { .number($0) } ?? .name(word) }
        let file = try LabelledText(
            contentsOf: path, textColumn: column(text), labelColumn: label.map(column),
            hasHeader: Int(text) == nil)
        steps = .words(file.rows.map { TweetWords.split($0.text) })
        labels = label == nil ? [] : file.rows.map(\.label)
    }
}
