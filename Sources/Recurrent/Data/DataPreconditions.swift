// Preconditions of sequences and targets: a value that does not fit is a programmer's error and stops the program,
// in debug builds with a message.

func requireSequenceCount(_ count: Int, _ sequences: Int, _ what: StaticString) {
    precondition(count == sequences, "\(what) are given for \(count) sequences, the batch has \(sequences)")
}

func requireRows(_ rows: Int, steps: Int, sequences: Int) {
    precondition(
        rows == steps * sequences, "the inputs have \(rows) rows; T·B is \(steps) · \(sequences)")
}

func requireStreams(_ streams: Int) {
    precondition(streams >= 1, "there must be at least one stream, not \(streams)")
}
