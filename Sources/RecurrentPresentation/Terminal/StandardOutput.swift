import Foundation

/// Writes to standard output.
///
/// - Throws: `CommandFailure` if that fails: lost results must not look like success.
package func printResult(_ text: String) throws {
    do {
        try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
        throw CommandFailure("standard output cannot be written to; is the disk full?")
    }
}
