/// The order of the symbols of a text.
public enum SymbolOrder: String, Sendable, CaseIterable {
    /// The most frequent first; equally frequent ones in the order of their first appearance.
    case frequency
    case appearance
}
