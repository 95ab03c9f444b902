/// Texts with a label each, from a file of tab-separated values (TSV). There is no quoting: a quote is a
/// character like any other, and a field holds neither tab nor line break. HTML entities are not decoded.
///
/// Lines end in LF, CRLF or CR; a byte-order mark is skipped; empty lines at the end are ignored.
public struct LabelledText: Sendable, Equatable {
    /// A line of the file.
    public struct Row: Sendable, Equatable {
        public let text: String
        /// The name of a class or a rating, unchanged; empty if no column of labels was given.
        public let label: String
        /// Counted from 1.
        public let line: Int
    }

    /// The lines below the header, at least one.
    public let rows: [Row]

    /// Reads a file, or standard input for "-". Cost: one pass; memory for the two columns.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - textColumn: its name, or its number counted from 1.
    ///   - labelColumn: likewise; nil for texts without labels.
    ///   - hasHeader: true if the first line holds the columns' names.
    /// - Throws: `FileError` if the file cannot be read or has no rows; if there is no such column or more than
    ///   one, or both are the same; or naming the line with another number of columns than the first, an empty
    ///   text or label, bytes that are not UTF-8, or NUL.
    public init(
        contentsOf path: String, textColumn: TableColumn, labelColumn: TableColumn?, hasHeader: Bool = true
    ) throws(FileError) {
        try self.init(TextStream(ByteStream(path)), textColumn, labelColumn, hasHeader: hasHeader)
    }

    init(
        _ stream: consuming TextStream, _ textColumn: TableColumn, _ labelColumn: TableColumn?,
        hasHeader: Bool
    ) throws(FileError) {
        var reader = try CSVReader(stream, separator: .tab, hasHeader: hasHeader, quotes: false)
        let text = try reader.index(of: textColumn)
        var label: Int?
        if let labelColumn { label = try reader.index(of: labelColumn) }
        guard text != label else {
            throw FileError(path: reader.path, problem: "text and label are the same column; give two")
        }
        var rows: [Row] = []
        while try reader.next() {
            let fields = [("text", reader.text(text))] + (label.map { [("label", reader.text($0))] } ?? [])
            let row = Row(
                text: fields[0].1, label: fields.count > 1 ? fields[1].1 : "", line: reader.line)
            for (name, value) in fields where Self.isEmpty(value) {
                throw FileError(
                    path: reader.path, line: row.line,
                    problem: "the \(name) is empty; fill it in or remove the line")
            }
            rows.append(row)
        }
        guard !rows.isEmpty else {
            throw FileError(path: reader.path, problem: "there are no rows below the header; add some")
        }
        self.rows = rows
    }

    private static func isEmpty(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
}
