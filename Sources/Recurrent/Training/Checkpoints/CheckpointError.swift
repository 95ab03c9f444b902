/// The reason why training cannot go on from a checkpoint whose bytes are intact.
enum CheckpointError: Error, CustomStringConvertible {
    case differs(key: String, found: String?, expected: String?)
    case tensor(ModelError)
    case impossible(String)

    var description: String {
        switch self {
        case .differs(let key, let found, let expected):
            "the checkpoint is of another training: \(key) is \(found ?? "missing") there and \(expected ?? "missing") here; give another folder, or the settings it was made with"
        case .tensor(let error):
            "the checkpoint is of another network: \(error)"
        case .impossible(let problem):
            "training cannot go on from the checkpoint: \(problem)"
        }
    }
}
