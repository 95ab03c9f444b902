/// The parts of a flat buffer of parameters that learn alike, in its order, and those that are frozen.
struct LearningRuns: Sendable {
    /// Consecutive parameters with the same manner.
    struct Run: Sendable {
        var range: Range<Int>
        /// The index of their manner.
        let manner: Int
    }

    /// A way to learn.
    struct Manner: Equatable, Sendable {
        let rateFactor: Double
        /// That of the optimiser if nil.
        let weightDecay: Double?
    }

    let layout: ParameterLayout
    /// Those that learn; `runs` name them by index.
    private(set) var manners: [Manner] = []
    private(set) var runs: [Run] = []
    private(set) var frozen: [Range<Int>] = []

    init(_ groups: [ParameterGroup], _ layout: ParameterLayout) {
        self.layout = layout
        for part in layout.parts {
            let blocks: [Gate?] = part.gates.isEmpty ? [nil] : part.gates
            let found = blocks.map { Self.manner(of: part.name, gate: $0, groups) }
            if found.allSatisfy({ $0 == found[0] }) {
                add(part.offset..<part.offset + part.count, found[0])
                continue
            }
            let width = part.columns / blocks.count
            for row in 0..<part.rows {
                for (block, manner) in found.enumerated() {
                    let first = part.offset + row * part.columns + block * width
                    add(first..<first + width, manner)
                }
            }
        }
    }

    /// The manner that the last group with a parameter gives it.
    private static func manner(of name: ParameterName, gate: Gate?, _ groups: [ParameterGroup]) -> Manner {
        let group = groups.last { $0.selection.contains(name, gate: gate) }
        return Manner(rateFactor: group?.rateFactor ?? 1, weightDecay: group?.weightDecay)
    }

    private mutating func add(_ range: Range<Int>, _ manner: Manner) {
        if manner.rateFactor == 0 {
            if let last = frozen.indices.last, frozen[last].upperBound == range.lowerBound {
                frozen[last] = frozen[last].lowerBound..<range.upperBound
            } else {
                frozen.append(range)
            }
            return
        }
        let index = manners.firstIndex(of: manner) ?? manners.count
        if index == manners.count { manners.append(manner) }
        if let last = runs.indices.last, runs[last].range.upperBound == range.lowerBound,
            runs[last].manner == index
        {
            runs[last].range = runs[last].range.lowerBound..<range.upperBound
        } else {
            runs.append(Run(range: range, manner: index))
        }
    }

    /// Calls `body` with the runs, and the parts of runs, within a range.
    func forEach(within range: Range<Int>, _ body: (Range<Int>, _ manner: Int) -> Void) {
        // The first run that ends behind the beginning of the range.
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].range.upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        for run in runs[low...] {
            if run.range.lowerBound >= range.upperBound { return }
            body(run.range.clamped(to: range), run.manner)
        }
    }

    /// The first problem of groups for a network, in words for people, or nil.
    static func problem(_ groups: [ParameterGroup], _ layout: ParameterLayout) -> String? {
        for group in groups {
            if let problem = group.problem { return problem }
            let isFound = layout.parts.contains { part in
                part.gates.isEmpty
                    ? group.selection.contains(part.name, gate: nil)
                    : part.gates.contains { group.selection.contains(part.name, gate: $0) }
            }
            if !isFound { return "a group has none of the network's parameters: \(group.selection.words)" }
        }
        return LearningRuns(groups, layout).runs.isEmpty ? "all parameters are frozen; let some learn" : nil
    }
}

extension ParameterSelection {
    /// What is selected, for people.
    fileprivate var words: String {
        var words: [String] = []
        if let kinds { words.append(kinds.map(\.rawValue).joined(separator: ", ")) }
        if let layers { words.append("of layer \(layers.map { "\($0 + 1)" }.joined(separator: ", "))") }
        if let isReverse { words.append(isReverse ? "reverse" : "forward") }
        if let gates { words.append("of the gates \(gates.map(\.rawValue).joined(separator: ", "))") }
        return words.joined(separator: " ")
    }
}
