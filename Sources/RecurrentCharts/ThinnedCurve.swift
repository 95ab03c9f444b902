/// A point of a curve.
package struct Point: Equatable, Sendable {
    package let x: Double
    package let y: Double

    package init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
}

/// A curve of any number of points that keeps few: the first, the last, and of each stretch the lowest, the highest
/// and the first that is not finite. Points are added in constant time on average; the same points always
/// leave the same.
package struct ThinnedCurve: Sendable {
    /// A point, and how many came before it.
    private struct Kept: Sendable {
        let index: Int
        let point: Point
    }

    /// Points that came one after the other.
    private struct Stretch: Sendable {
        var lowest: Kept?
        var highest: Kept?
        var notFinite: Kept?
        /// Of the finite ones.
        var count = 0
        var meanX = 0.0
        var meanY = 0.0

        mutating func add(_ new: Kept) {
            guard new.point.y.isFinite else {
                notFinite = notFinite ?? new
                return
            }
            if lowest.map({ new.point.y < $0.point.y }) ?? true { lowest = new }
            if highest.map({ new.point.y >= $0.point.y }) ?? true { highest = new }
            addMean(Stretch(count: 1, meanX: new.point.x, meanY: new.point.y))
        }

        mutating func add(_ next: Stretch) {
            for kept in [next.lowest, next.highest] {
                guard let kept else { continue }
                if lowest.map({ kept.point.y < $0.point.y }) ?? true { lowest = kept }
                if highest.map({ kept.point.y >= $0.point.y }) ?? true { highest = kept }
            }
            notFinite = notFinite ?? next.notFinite
            addMean(next)
        }

        mutating func addMean(_ next: Stretch) {
            guard next.count > 0 else { return }
            count += next.count
            let share = Double(next.count) / Double(count)
            meanX += (next.meanX - meanX) * share
            meanY += next.meanY * share - meanY * share
        }

        /// In the order in which they came.
        var kept: [Kept] {
            var all: [Kept] = []
            for kept in [lowest, highest, notFinite].compactMap({ $0 }).sorted(by: { $0.index < $1.index })
            where all.last?.index != kept.index { all.append(kept) }
            return all
        }
    }

    private let stretchLimit: Int
    private var stretches: [Stretch] = []
    /// How many points make a stretch.
    private var length = 1
    /// How many the last stretch has.
    private var filled = 0
    private var first: Kept?
    private var last: Kept?
    /// How many points there were.
    package private(set) var count = 0

    /// - Parameter limit: How many points may be kept, at least 8.
    package init(limit: Int = 1200) {
        precondition(limit >= 8, "a curve keeps at least 8 points, not \(limit)")
        stretchLimit = (limit - 2) / 6 * 2
    }

    package init(_ points: some Sequence<Point>, limit: Int = 1200) {
        self.init(limit: limit)
        for point in points { add(point) }
    }

    package mutating func add(_ point: Point) {
        let new = Kept(index: count, point: point)
        count += 1
        first = first ?? new
        last = new
        if filled == length || stretches.isEmpty {
            if stretches.count == stretchLimit { halve() }
            if filled == length || stretches.isEmpty {
                stretches.append(Stretch())
                filled = 0
            }
        }
        stretches[stretches.count - 1].add(new)
        filled += 1
    }

    /// Joins each two stretches.
    private mutating func halve() {
        for index in 0..<stretches.count / 2 {
            stretches[index] = stretches[2 * index]
            stretches[index].add(stretches[2 * index + 1])
        }
        stretches.removeLast(stretches.count / 2)
        length *= 2
        filled = length
    }

    /// Takes back the points from `x` on, for a run that goes back to a checkpoint and comes along again. Of the
    /// stretch that is cut, the mean stays.
    package mutating func remove(from x: Double) {
        guard let end = last, end.point.x >= x else { return }
        while let stretch = stretches.last, stretch.kept.contains(where: { $0.point.x >= x }) {
            stretches.removeLast()
            var rest = Stretch()
            for kept in stretch.kept where kept.point.x < x { rest.add(kept) }
            guard rest.kept.isEmpty else {
                stretches.append(rest)
                break
            }
        }
        if first.map({ $0.point.x >= x }) ?? false { first = nil }
        last = stretches.last?.kept.last ?? first
        filled = stretches.isEmpty ? 0 : length
    }

    /// What is kept, in order. What was not finite is there too, once a stretch.
    package var points: [Point] {
        var all = stretches.flatMap(\.kept)
        if let first, all.first.map({ $0.index > first.index }) ?? true { all.insert(first, at: 0) }
        if let last, all.last.map({ $0.index < last.index }) ?? true { all.append(last) }
        return all.map(\.point)
    }

    /// Whether a point is no longer there.
    package var isThinned: Bool { length > 2 }

    /// Means over stretches of the curve, of which there are about `wanted`.
    package func means(_ wanted: Int) -> [Point] {
        let each = max(1, stretches.count / max(wanted, 1))
        return stride(from: 0, to: stretches.count, by: each).compactMap { start in
            var joined = Stretch()
            for stretch in stretches[start..<min(start + each, stretches.count)] { joined.addMean(stretch) }
            return joined.count > 0 ? Point(joined.meanX, joined.meanY) : nil
        }
    }
}
