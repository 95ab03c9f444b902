/// What metrics say of a network's outputs for a data set.
public struct Evaluation: Equatable, Sendable {
    /// The number of steps, or of sequences with one output, that were judged.
    public let count: Int
    /// The number of steps by classes, at d · C + the class with the largest output; those that are not 0.
    private let confusions: [Int: Int]
    private let classes: Int
    private let values: [Metric: Double]

    init(count: Int, classes: Int, confusions: [Int: Int], values: [Metric: Double]) {
        (self.count, self.classes, self.confusions, self.values) = (count, classes, confusions, values)
    }

    /// The number of steps by class and by the class with the largest output: C rows of C, none for values.
    public var confusion: [[Int]] {
        (0..<classes).map { d in (0..<classes).map { confusions[d * classes + $0] ?? 0 } }
    }

    /// The value of a metric; nil if it was not asked for. NaN if no step was judged.
    public subscript(metric: Metric) -> Double? { values[metric] }
}
