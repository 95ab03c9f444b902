/// The columns of a table, and the errors about them.
struct CSVHeader: Sendable {
    let names: [String]
    /// True if the file has a header; otherwise the names are numbers.
    let isInFile: Bool
    let path: String
    /// True if fields can be quoted.
    let quotes: Bool

    /// - Throws: `FileError` if there is no such column or more than one.
    func index(of column: TableColumn) throws(FileError) -> Int {
        switch column {
        case .number(let number):
            if names.indices.contains(number - 1) { return number - 1 }
            throw error("no column \(number); there are \(names.count), counted from 1")
        case .name(let name):
            let matches = names.indices.filter { names[$0] == name }
            if matches.isEmpty { try requireHeader() }
            guard matches.count == 1 else {
                let known = names.prefix(100).map { "'\($0)'" }.joined(separator: ", ")
                throw error(
                    "\(matches.isEmpty ? "no" : "more than one") column '\(name)'; there are \(known)")
            }
            return matches[0]
        }
    }

    /// - Throws: `FileError` if the first line holds only numbers and so seems to be no header.
    func requireHeader() throws(FileError) {
        let isHeader = names.contains { name in
            let bytes = Array(name.utf8)
            return DecimalNumber.parse(bytes.span, 0..<bytes.count) == nil
        }
        guard isInFile, !isHeader else { return }
        throw error("there is no header: the first line holds numbers only; put the columns' names above")
    }

    func otherWidth(_ count: Int, line: Int) -> FileError {
        let advice = quotes ? "quote fields that hold commas" : "take tabs out of the text"
        return FileError(
            path: path, line: line,
            problem:
                "\(count) fields where the \(isInFile ? "header" : "first row") has \(names.count); \(advice)"
        )
    }

    func notANumber(_ field: String, column: Int, line: Int) -> FileError {
        let found = field.isEmpty ? "an empty cell" : "'\(field.prefix(40))'"
        return FileError(
            path: path, line: line,
            problem:
                "\(found) in column '\(names[column])' where a number is expected; fill it in or remove the row"
        )
    }

    func noValueToTake(column: Int, line: Int) -> FileError {
        FileError(
            path: path, line: line,
            problem:
                "column '\(names[column])' has no value that could be taken for a missing one; fill it in")
    }

    private func error(_ problem: String) -> FileError {
        FileError(path: path, line: isInFile ? 1 : nil, problem: problem)
    }
}
