import Foundation

/// A published result, and how to get it again.
protocol Reproduction: Sendable {
    /// What the command calls it.
    var name: String { get }
    /// Authors and year.
    var source: String { get }
    /// What the source says, in a sentence.
    var claim: String { get }

    /// Computes everything anew. The same seed gives the same measurements, on any number of workers.
    func run(seed: UInt64, _ progress: Progress) throws -> [Measurement]
}

/// All of them, the oldest tasks first.
let reproductions: [any Reproduction] = [
    TemporalXOR(), LetterSequence(), ReberGrammar(), JapaneseVowels(), AddingProblem(), CopyingMemory(),
    ExactJacobians(), CharacterModel(),
]

/// One number, beside what its source says and what it must keep to.
struct Measurement {
    let label: String
    /// The source's number; where it gives a curve only, what is exact for its task.
    let published: String
    let bound: Bound
    let value: Double

    /// False for NaN, whatever the bound.
    var passes: Bool { bound.holds(for: value) }
}

/// What a number must keep to.
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

/// A whole number as it is, a very small one in scientific form, any other with four decimals.
func short(_ value: Double) -> String {
    if abs(value) < 1e9, value == value.rounded() { return fixed(value, 0) }
    return abs(value) < 1e-3 ? scientific(value) : fixed(value, 4)
}

extension Progress {
    /// Shows that `step` of `total` steps are done.
    func show(_ step: Int, of total: Int) { show(Double(step) / Double(max(total, 1)), []) }
}
