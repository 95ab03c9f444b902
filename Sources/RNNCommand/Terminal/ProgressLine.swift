import Foundation

/// A line on standard error that is written over and over; silent when that is not a terminal.
struct ProgressLine {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var width = 0

    mutating func show(_ text: String) {
        guard isTerminal else { return }
        let padding = String(repeating: " ", count: max(0, width - text.count))
        write("\r\(text)\(padding)")
        width = text.count
    }

    /// Removes the line.
    mutating func finish() {
        guard isTerminal, width > 0 else { return }
        write("\r\(String(repeating: " ", count: width))\r")
        width = 0
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
