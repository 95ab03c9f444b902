import ArgumentParser

/// The exit status of `rnn`, for scripts.
package enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case failed = 1
    /// ArgumentParser's own.
    case wrongOptions = 64
    /// 128 plus the number of SIGINT, the convention of shells.
    case interrupted = 130

    /// The error that a command throws to exit with this status.
    package var code: ExitCode { ExitCode(rawValue) }

    private var meaning: String {
        switch self {
        case .done: "success"
        case .failed: "failure: bad data, failed training, or results outside their limits"
        case .wrongOptions: "invalid options"
        case .interrupted: "interrupted by Ctrl-C; training progress is saved"
        }
    }

    /// The section of the help on exit statuses.
    package static let help =
        "Exit status:\n"
        + allCases.map { status in
            "  " + "\(status.rawValue)".padded(to: 5) + status.meaning
        }.joined(separator: "\n")
}
