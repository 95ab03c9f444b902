/// A precondition whose message is printed in release builds too: `precondition` stops there without a word.
///
/// The message is made out of line, after the check has failed; a check that holds costs a comparison.
@inline(__always)
package func require(
    _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) {
    if !condition { stop(message, file, line) }
}

/// Prints a message to standard error and stops the program.
@inline(never)
@usableFromInline
package func stop(_ message: () -> String, _ file: StaticString, _ line: UInt) -> Never {
    fatalError(message(), file: file, line: line)
}

/// Stops the program where only a programmer's error leads: what a precondition or an earlier check has ruled out.
@inline(never)
package func unreachable(
    _ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) -> Never {
    stop(message, file, line)
}
