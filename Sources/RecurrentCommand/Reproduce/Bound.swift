import Foundation

/// The limit that a number must keep to.
enum Bound: CustomStringConvertible {
    case below(Double)
    case above(Double)
    case atMost(Double)
    case atLeast(Double)
    case exactly(Double)

    func holds(for value: Double) -> Bool {
        switch self {
        case .below(let limit): value < limit
        case .above(let limit): value > limit
        case .atMost(let limit): value <= limit
        case .atLeast(let limit): value >= limit
        case .exactly(let limit): value == limit
        }
    }

    var description: String {
        switch self {
        case .below(let limit): "< \(Self.text(limit))"
        case .above(let limit): "> \(Self.text(limit))"
        case .atMost(let limit): "≤ \(Self.text(limit))"
        case .atLeast(let limit): "≥ \(Self.text(limit))"
        case .exactly(let limit): "= \(Self.text(limit))"
        }
    }

    private static func text(_ limit: Double) -> String { String(format: "%g", limit) }
}
