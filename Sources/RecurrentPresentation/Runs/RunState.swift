/// The state of a run.
package enum RunState: Equatable, Sendable {
    case running
    /// Interrupted or failed, and can be resumed; the reason in a sentence or two.
    case stopped(String)
    case finished

    var word: String {
        switch self {
        case .running: "running"
        case .stopped: "stopped"
        case .finished: "finished"
        }
    }
}
