import Synchronization

/// A network made once, its copies and what training makes of them.
struct NetworkIdentity: Sendable, Equatable {
    private static let made = Atomic<Int>(0)
    private let number: Int

    init() { number = Self.made.add(1, ordering: .relaxed).newValue }
}
