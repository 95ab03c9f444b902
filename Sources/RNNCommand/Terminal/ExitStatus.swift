import ArgumentParser

/// How `rnn` ends, for whoever starts it from a script.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case failed = 1
    /// ArgumentParser's own.
    case wrongOptions = 64
    /// 128 and the number of SIGINT, as shells have it.
    case interrupted = 130

    /// To be thrown by a command.
    var code: ExitCode { ExitCode(rawValue) }

    private var meaning: String {
        switch self {
        case .done: "done"
        case .failed: "failed: data, training, or results that are not what they must be"
        case .wrongOptions: "wrong options"
        case .interrupted: "interrupted by Ctrl-C; what training had reached is saved"
        }
    }

    /// A section of the help.
    static let help =
        "Exit status:\n"
        + allCases.map { status in
            let number = "\(status.rawValue)"
            return "  " + number + String(repeating: " ", count: 5 - number.count) + status.meaning
        }.joined(separator: "\n")
}
