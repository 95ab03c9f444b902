/// Sequences dealt into parts of given shares, so that each part has its share of every class. What belongs together stays
/// together.
struct DealtParts {
    /// The sequences of each part, ascending.
    let parts: [[Int]]

    /// - Parameters:
    ///   - shares: of the parts, above 0.
    ///   - groups: the group of each sequence; each is a group of its own by default.
    ///   - classes: the class of each sequence; one for all by default.
    init(
        count: Int, shares: [Double], groups: [Int]?, classes: [Int]?, using generator: inout RandomGenerator
    ) {
        let strata = Self.numbered(classes ?? Array(repeating: 0, count: count))
        var units: [[Int]] = []
        if let groups {
            let numbers = Self.numbered(groups)
            units = Array(repeating: [], count: (numbers.max() ?? -1) + 1)
            for (sequence, unit) in numbers.enumerated() { units[unit].append(sequence) }
        } else {
            units = (0..<count).map { [$0] }
        }
        // Large units first, since small ones can even out what they leave; the others in random order.
        let shuffled = generator.permutation(units.count).map { units[$0] }
        units = shuffled.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map(\.element)

        let totals = Self.counts(strata, of: Array(0..<count), in: (strata.max() ?? 0) + 1)
        var found = shares.map { _ in totals.map { _ in 0 } }
        var parts = shares.map { _ in [Int]() }
        for unit in units {
            let counts = Self.counts(strata, of: unit, in: totals.count)
            func cost(_ part: Int) -> (Double, Double) {
                var (byClass, size) = (0.0, 0)
                for (index, new) in counts.enumerated() where new > 0 {
                    byClass += Double(new * (2 * found[part][index] + new)) / Double(totals[index])
                }
                for number in found[part] { size += number }
                return (byClass / shares[part], Double(size) / shares[part])
            }
            let costs = shares.indices.map { cost($0) }
            let best = shares.indices.min { costs[$0] < costs[$1] } ?? 0
            parts[best] += unit
            for (index, new) in counts.enumerated() { found[best][index] += new }
        }
        self.parts = parts.map { $0.sorted() }
    }

    /// The same partition with numbers from 0 on, in the order of appearance.
    private static func numbered(_ names: [Int]) -> [Int] {
        var numbers: [Int: Int] = [:]
        return names.map { name in
            let number = numbers[name] ?? numbers.count
            numbers[name] = number
            return number
        }
    }

    private static func counts(_ strata: [Int], of sequences: [Int], in classes: Int) -> [Int] {
        var counts = Array(repeating: 0, count: classes)
        for sequence in sequences { counts[strata[sequence]] += 1 }
        return counts
    }
}
