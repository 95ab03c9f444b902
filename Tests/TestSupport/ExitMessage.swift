import Testing

/// Expects a message from a process that stopped.
package func expectMessage(_ words: String, from result: ExitTest.Result?) {
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains(words), "\(message.prefix(300))")
}
