/// Whether a run is at work.
enum RunState: Equatable, Sendable {
    case running
    /// It was interrupted or failed, and can be gone on with; the reason in a sentence or two.
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
