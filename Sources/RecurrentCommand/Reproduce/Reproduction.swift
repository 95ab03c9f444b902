/// A published result, and the computation that reproduces it.
protocol Reproduction: Sendable {
    /// The name on the command line.
    var name: String { get }
    /// Authors and year.
    var source: String { get }
    /// The claim of the source, in one sentence.
    var claim: String { get }

    /// Trains or computes everything from scratch. The same seed gives the same measurements, on any number of
    /// workers.
    func run(seed: UInt64, _ progress: ProgressDisplay) throws -> [Measurement]
}

/// All reproductions, the oldest tasks first.
let reproductions: [any Reproduction] = [
    TemporalXOR(), LetterSequence(), ReberGrammar(), EmbeddedReberGrammar(), GatedAddingProblem(),
    JapaneseVowels(), AddingProblem(), CopyingMemory(), GatedCopyingMemory(), ExactJacobians(),
    CharacterModel(),
]

extension ProgressDisplay {
    /// Shows that `step` of `total` steps are finished.
    func show(_ step: Int, of total: Int) { show(Double(step) / Double(max(total, 1)), []) }
}
