import Recurrent
import Testing

/// The error of a pass that does not fit into memory.
func memoryError(_ pass: () throws -> Void) throws -> MemoryError? {
    let error = #expect(throws: PassError.self, performing: pass)
    guard case .memory(let memory) = error else { return nil }
    return memory
}
