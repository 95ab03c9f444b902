import Foundation

/// The properties of standard error that progress depends on.
package struct Screen {
    /// The width of the terminal in columns; nil if there is no terminal. Called for every drawing, because windows are
    /// resized.
    let width: () -> Int?
    let hasColours: Bool
    package let write: (String) -> Void

    package static var standardError: Screen {
        Screen(
            width: { isatty(STDERR_FILENO) == 1 ? terminalWidth : nil },
            hasColours: isatty(STDERR_FILENO) == 1 && allowsColours(ProcessInfo.processInfo.environment),
            // A log that cannot be written to must not end the work that it reports.
            write: { try? FileHandle.standardError.write(contentsOf: Data($0.utf8)) })
    }

    /// True if the environment allows colours on a terminal; see https://no-color.org.
    static func allowsColours(_ environment: [String: String]) -> Bool {
        environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }

    private static var terminalWidth: Int {
        var size = winsize()
        if unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            return Int(size.ws_col)
        }
        let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }
        return columns.flatMap { $0 > 0 ? $0 : nil } ?? 80
    }
}
