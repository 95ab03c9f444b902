/// The recurrent cell of a run's network.
package enum CellKind: String, CaseIterable, Codable, Sendable {
    case elman, lstm, gru

    /// True if gates decide what a state keeps.
    package var isGated: Bool { self != .elman }
}
