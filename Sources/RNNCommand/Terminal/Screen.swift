import Foundation

/// Standard error, as far as progress has to know it.
struct Screen {
    /// Columns of the terminal; nil where there is none, as in a log. Asked anew for every drawing, because people
    /// change the size of their windows.
    let width: () -> Int?
    let hasColours: Bool
    let write: (String) -> Void

    static var standardError: Screen {
        Screen(
            width: { isatty(STDERR_FILENO) == 1 ? terminalWidth : nil },
            hasColours: isatty(STDERR_FILENO) == 1 && allowsColours(ProcessInfo.processInfo.environment),
            // A log that cannot be written to must not end the work that it tells of.
            write: { try? FileHandle.standardError.write(contentsOf: Data($0.utf8)) })
    }

    /// Whether the environment leaves a terminal its colours: see https://no-color.org.
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
