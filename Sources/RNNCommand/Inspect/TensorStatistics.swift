/// What the numbers of a tensor are like. Those that are NaN or infinite are counted, and left out of all else.
struct TensorStatistics {
    let least: Double
    let most: Double
    let mean: Double
    /// √(mean (x − mean)²), divided by the count.
    let deviation: Double
    /// √Σx²
    let norm: Double
    let zeros: Int
    let notFinite: Int

    /// nil without any number; NaN stands for what only finite numbers have. Nothing overflows on the way: sums are taken
    /// of numbers of magnitude 1 and less.
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
