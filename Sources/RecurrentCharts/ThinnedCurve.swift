/// A curve of any number of points that keeps few of them: the first, the last, and in each interval of
/// consecutive points the lowest, the highest and the first that is not finite. Adding a point takes constant
/// time on average. The points that are kept depend only on those that were added.
package struct ThinnedCurve: Sendable {
    /// A point and the number of points before it.
    private struct Kept: Sendable {
        let index: Int
        let point: Point
    }

    /// An interval of consecutive points.
    private struct Interval: Sendable {
        var lowest: Kept?
        var highest: Kept?
        var notFinite: Kept?
        /// The number of finite points.
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
            addMean(Interval(count: 1, meanX: new.point.x, meanY: new.point.y))
        }

        mutating func add(_ next: Interval) {
            for kept in [next.lowest, next.highest] {
                guard let kept else { continue }
                if lowest.map({ kept.point.y < $0.point.y }) ?? true { lowest = kept }
                if highest.map({ kept.point.y >= $0.point.y }) ?? true { highest = kept }
            }
            notFinite = notFinite ?? next.notFinite
            addMean(next)
        }

        mutating func addMean(_ next: Interval) {
            guard next.count > 0 else { return }
            count += next.count
            let share = Double(next.count) / Double(count)
            meanX += (next.meanX - meanX) * share
            meanY += next.meanY * share - meanY * share
        }

        /// The points that are kept, in order, each once.
        var kept: [Kept] {
            var all: [Kept] = []
            for kept in [lowest, highest, notFinite].compactMap({ $0 }).sorted(by: { $0.index < $1.index })
            where all.last?.index != kept.index { all.append(kept) }
            return all
        }
    }

    private let intervalLimit: Int
    private var intervals: [Interval] = []
    /// The number of points of a full interval.
    private var length = 1
    /// The number of points of the last interval.
    private var filled = 0
    private var first: Kept?
    private var last: Kept?
    /// The number of points that were added.
    package private(set) var count = 0

    /// - Parameter limit: The largest number of points that are kept, at least 8.
    package init(limit: Int = 1200) {
        precondition(limit >= 8, "a curve keeps at least 8 points, not \(limit)")
        intervalLimit = (limit - 2) / 6 * 2
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
        if filled == length || intervals.isEmpty {
            if intervals.count == intervalLimit { halve() }
            if filled == length || intervals.isEmpty {
                intervals.append(Interval())
                filled = 0
            }
        }
        intervals[intervals.count - 1].add(new)
        filled += 1
    }

    /// Joins the intervals in pairs.
    private mutating func halve() {
        for index in 0..<intervals.count / 2 {
            intervals[index] = intervals[2 * index]
            intervals[index].add(intervals[2 * index + 1])
        }
        intervals.removeLast(intervals.count / 2)
        length *= 2
        filled = length
    }

    /// Removes the points from `x` on, for a run that resumes from a checkpoint and adds them again. An interval
    /// that is cut keeps the mean of its remaining kept points.
    package mutating func remove(from x: Double) {
        guard let end = last, end.point.x >= x else { return }
        while let interval = intervals.last, interval.kept.contains(where: { $0.point.x >= x }) {
            intervals.removeLast()
            var rest = Interval()
            for kept in interval.kept where kept.point.x < x { rest.add(kept) }
            guard rest.kept.isEmpty else {
                intervals.append(rest)
                break
            }
        }
        if first.map({ $0.point.x >= x }) ?? false { first = nil }
        last = intervals.last?.kept.last ?? first
        filled = intervals.isEmpty ? 0 : length
    }

    /// The points that are kept, in order, with the first of each interval that is not finite.
    package var points: [Point] {
        var all = intervals.flatMap(\.kept)
        if let first, all.first.map({ $0.index > first.index }) ?? true { all.insert(first, at: 0) }
        if let last, all.last.map({ $0.index < last.index }) ?? true { all.append(last) }
        return all.map(\.point)
    }

    /// True if points may have been dropped.
    package var isThinned: Bool { length > 2 }

    /// The means over about `wanted` parts of the curve.
    package func means(_ wanted: Int) -> [Point] {
        let each = max(1, intervals.count / max(wanted, 1))
        return stride(from: 0, to: intervals.count, by: each).compactMap { start in
            var joined = Interval()
            for interval in intervals[start..<min(start + each, intervals.count)] { joined.addMean(interval) }
            return joined.count > 0 ? Point(joined.meanX, joined.meanY) : nil
        }
    }
}
