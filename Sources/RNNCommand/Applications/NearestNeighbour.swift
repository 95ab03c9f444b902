/// Gives a sequence the class of the one that is nearest to it by dynamic time warping: the least sum of squared
/// distances over all ways to walk through both from beginning to end.
enum NearestNeighbour {
    /// The class of each sequence, out of those of `training`.
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

    /// A table of one row at a time: the distance of the first steps of `a` to the first steps of `b`.
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
