/// Statistics of the finite numbers of a tensor, and the number of those that are not finite.
struct TensorStatistics {
    let least: Double
    let most: Double
    let mean: Double
    /// √(Σ (x − mean)² / n)
    let deviation: Double
    /// √Σx²
    let norm: Double
    let zeros: Int
    let notFinite: Int

    /// nil if there are no numbers. If none is finite, all but the counts are NaN. Sums are taken of numbers scaled
    /// to at most 1, so that they do not overflow.
    init?(_ numbers: [Double]) {
        if numbers.isEmpty { return nil }
        var (least, most) = (Double.infinity, -Double.infinity)
        var (zeros, finite) = (0, 0)
        for number in numbers where number.isFinite {
            (least, most) = (min(least, number), max(most, number))
            finite += 1
            if number == 0 { zeros += 1 }
        }
        if finite == 0 { (least, most) = (.nan, .nan) }
        let scale = max(abs(least), abs(most))
        var (sum, squares) = (0.0, 0.0)
        for number in numbers where number.isFinite && scale > 0 {
            sum += number / scale
            squares += (number / scale) * (number / scale)
        }
        let mean = sum / Double(finite)
        var deviations = 0.0
        for number in numbers where number.isFinite && scale > 0 {
            deviations += (number / scale - mean) * (number / scale - mean)
        }
        (self.least, self.most, self.zeros) = (least, most, zeros)
        self.mean = mean * scale
        deviation = (deviations / Double(finite)).squareRoot() * scale
        norm = finite > 0 ? squares.squareRoot() * scale : .nan
        notFinite = numbers.count - finite
    }
}
