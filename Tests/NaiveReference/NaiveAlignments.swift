/// The probability of labels as the sum over all paths, each a class for every step: the definition of connectionist
/// temporal classification.
public enum NaiveAlignments {
    /// −log Σ Π_t y_t[path_t] over all paths whose labels are `labels`.
    ///
    /// - Parameter y: probabilities, a row for each step.
    public static func loss(
        _ y: [[Double]], labels: [Int], blank: Int, elementary: Elementary
    ) -> Double {
        var sum = 0.0
        var path = [Int](repeating: 0, count: y.count)
        while true {
            if collapsed(path, blank: blank) == labels {
                sum += path.indices.reduce(1.0) { $0 * y[$1][path[$1]] }
            }
            // The next path, as an odometer counts.
            guard let step = path.lastIndex(where: { $0 + 1 < y[0].count }) else { break }
            path[step] += 1
            for later in path.indices where later > step { path[later] = 0 }
        }
        return -elementary.log(sum)
    }

    /// Equal classes in a row as one, without blanks.
    public static func collapsed(_ path: [Int], blank: Int) -> [Int] {
        path.indices.filter { path[$0] != blank && ($0 == 0 || path[$0] != path[$0 - 1]) }.map { path[$0] }
    }
}
