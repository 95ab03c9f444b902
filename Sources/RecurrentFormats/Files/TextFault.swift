/// Bytes that no text file holds.
enum TextFault {
    case nul
    case notUTF8
}
