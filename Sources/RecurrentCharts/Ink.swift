/// The ink of a mark. A picture states it as a colour, for a file on white paper, and as a class, with which the
/// style of a page replaces the colour.
package enum Ink: String, CaseIterable, Sendable {
    case blue, orange, green, purple, grey

    /// The colour on white.
    package var colour: String {
        switch self {
        case .blue: "#1f6fd6"
        case .orange: "#c9451a"
        case .green: "#18794e"
        case .purple: "#7448c8"
        case .grey: "#80868f"
        }
    }

    /// The colour on a dark page.
    var darkColour: String {
        switch self {
        case .blue: "#6cabff"
        case .orange: "#ff8f66"
        case .green: "#56c596"
        case .purple: "#b79cff"
        case .grey: "#8b939d"
        }
    }
}
