import Foundation

/// Performs work in a task that the first Ctrl-C cancels. The next Ctrl-C ends the process as usual.
package func untilInterrupted(_ work: sending @escaping () throws -> Void) async throws {
    let task = Task { try work() }
    signal(SIGINT, SIG_IGN)
    let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    interrupt.setEventHandler {
        task.cancel()
        signal(SIGINT, SIG_DFL)
    }
    interrupt.activate()
    defer { interrupt.cancel() }
    try await task.value
}
