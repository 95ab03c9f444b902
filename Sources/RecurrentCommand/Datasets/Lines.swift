/// The lines of a text without their ends (LF, CRLF or CR), including empty lines.
func lines(of text: String) -> [Substring] {
    var lines = text.split(omittingEmptySubsequences: false) { ["\n", "\r\n", "\r"].contains($0) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
}
