/// A request for more memory than there is. Nothing was computed.
public struct MemoryError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The bytes that the unfolding needs in all.
    public let needed: Int
    /// The bytes that it may take.
    public let available: Int
    /// True if recomputed states would be a way out.
    public let canRecompute: Bool

    public var description: String {
        let advice =
            canRecompute
            ? "make it with states: .recomputed, which keeps every √T-th state only, or cut the batch"
            : "cut the batch into smaller ones or the sequences into shorter ones"
        return "the unfolding needs \(needed) bytes, \(available) are available; \(advice)"
    }
}
