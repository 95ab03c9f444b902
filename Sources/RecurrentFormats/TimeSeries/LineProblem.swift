/// A problem of a line, thrown where neither its file nor its number is known.
struct LineProblem: Error {
    let text: String

    init(_ text: String) { self.text = text }
}
