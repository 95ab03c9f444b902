/// Classifies a sequence by its nearest neighbour under dynamic time warping: the smallest sum of squared distances over
/// all monotonic alignments of two sequences.
enum NearestNeighbour {
    /// The class of the nearest training sequence, for each sequence.
    static func predictions(_ sequences: [[[Float]]], _ training: ([[[Float]]], [Int])) -> [Int] {
        sequences.map { prediction($0, training) }
    }

    private static func prediction(_ sequence: [[Float]], _ training: ([[[Float]]], [Int])) -> Int {
        var best = (distance: Float.infinity, label: 0)
        for (other, label) in zip(training.0, training.1) {
            let distance = warpedDistance(sequence, other)
            if distance < best.distance { best = (distance, label) }
        }
        return best.label
    }

    /// The warped distance, by dynamic programming with one row in memory: the distances of a prefix of `a` to every
    /// prefix of `b`. Cost: |a|·|b| distances.
    static func warpedDistance(_ a: [[Float]], _ b: [[Float]]) -> Float {
        var row = [Float](repeating: .infinity, count: b.count + 1)
        row[0] = 0
        for x in a {
            var left = Float.infinity
            var diagonal = row[0]
            row[0] = .infinity
            for (place, y) in b.enumerated() {
                var square: Float = 0
                for channel in x.indices {
                    let difference = x[channel] - y[channel]
                    square += difference * difference
                }
                let above = row[place + 1]
                left = square + min(left, above, diagonal)
                (diagonal, row[place + 1]) = (above, left)
            }
        }
        return row[b.count]
    }
}
