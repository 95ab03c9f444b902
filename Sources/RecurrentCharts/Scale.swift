import Foundation

/// The scale of an axis: a map from values to positions along one direction of a picture.
package struct Scale: Sendable {
    package enum Kind: Sendable { case linear, logarithmic }

    private let kind: Kind
    /// The ends of the scale: values, or their decimal logarithms.
    private let low: Double
    private let high: Double
    let ticks: [Tick]

    /// The magnitude from which numbers are drawn like infinities, so that no difference of two overflows.
    static let largest = 1e300

    /// - Parameters:
    ///   - values: The values that the scale must contain. Values that are not finite are ignored, and on a
    ///     logarithmic scale those that are not positive.
    ///   - tickCount: The approximate number of ticks.
    ///   - endsAtTicks: True if the scale is extended to begin and end at a tick.
    init(_ kind: Kind, for values: [Double], tickCount: Int, endsAtTicks: Bool) {
        self.kind = kind
        let values = values.filter { abs($0) < Self.largest && (kind == .linear || $0 > 0) }
        let placed = kind == .linear ? values : values.map(log10)
        let whole = kind == .linear && values.allSatisfy { $0 == $0.rounded() }
        let (low, high) = Self.ends(of: placed, kind)
        let marks =
            kind == .linear
            ? Self.steps(low, high, tickCount, whole: whole, outwards: endsAtTicks)
            : Self.decades(low, high, tickCount, outwards: endsAtTicks)
        self.low = endsAtTicks ? min(low, marks.first ?? low) : low
        self.high = endsAtTicks ? max(high, marks.last ?? high) : high
        let labels = kind == .linear ? Self.labels(marks) : Self.labels(powers: marks)
        ticks = zip(marks, labels).map { Tick(kind == .linear ? $0 : pow(10, $0), $1) }
    }

    /// The position of a value, from 0 at the beginning of the scale to 1 at its end, or nil if it is not finite.
    /// On a logarithmic scale, values that are not positive are at the beginning.
    func share(_ value: Double) -> Double? {
        guard abs(value) < Self.largest else { return nil }
        let placed = kind == .linear ? value : value > 0 ? log10(value) : low
        return min(max((placed - low) / (high - low), 0), 1)
    }

    /// The smallest and the largest value, moved apart if they are almost equal.
    private static func ends(of values: [Double], _ kind: Kind) -> (low: Double, high: Double) {
        guard let low = values.min(), let high = values.max() else { return (0, 1) }
        let size = max(abs(low), abs(high))
        if kind == .logarithmic { return high - low > 1e-6 ? (low, high) : (low - 0.3, high + 0.3) }
        if size < 1e-290 { return (0, 1) }
        return high - low > size * 1e-9 ? (low, high) : (low - size / 10, high + size / 10)
    }

    /// The smallest step of 1, 2 or 5 times a power of ten that is at least `wanted`.
    package static func roundStep(_ wanted: Double) -> Double {
        guard wanted > 0, wanted.isFinite else { return 1 }
        let power = pow(10, log10(wanted).rounded(.down))
        return ([1, 2, 5, 10].first { $0 * power >= wanted * (1 - 1e-9) } ?? 10) * power
    }

    /// The multiples of a round step between the ends or, if `outwards`, from just before them to just after.
    private static func steps(
        _ low: Double, _ high: Double, _ count: Int, whole: Bool, outwards: Bool
    ) -> [Double] {
        let step = max(roundStep((high - low) / Double(max(count, 1))), whole ? 1 : 0)
        let (first, last) =
            outwards
            ? ((low / step + 1e-9).rounded(.down), (high / step - 1e-9).rounded(.up))
            : ((low / step - 1e-9).rounded(.up), (high / step + 1e-9).rounded(.down))
        return first <= last ? stride(from: first, through: last, by: 1).map { $0 * step } : []
    }

    /// The decimal logarithms of powers of ten, and of 2 and 5 times these if there are few, or of every n-th
    /// power if there are many.
    private static func decades(_ low: Double, _ high: Double, _ count: Int, outwards: Bool) -> [Double] {
        let span = high - low
        let every = [1.0, 2, 3, 5, 10, 20, 50, 100, 200].first { span / $0 <= Double(max(count, 1)) } ?? 500
        let parts = span < 2.2 ? [0, log10(2.0), log10(5.0)] : [0]
        let first = (low / every).rounded(.down) - 1
        let last = (high / every).rounded(.up) + 1
        let all = stride(from: first, through: last, by: 1).flatMap { power in
            parts.map { power * every + $0 }
        }
        let near = 1e-9
        guard outwards else { return all.filter { low - near <= $0 && $0 <= high + near } }
        let begin = all.last { $0 <= low + near } ?? low
        let end = all.first { $0 >= high - near } ?? high
        return all.filter { begin <= $0 && $0 <= end }
    }
}
