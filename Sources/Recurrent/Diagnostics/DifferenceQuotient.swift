/// The derivative of a loss E by one number θ from its values at six points:
///
///     ∂E/∂θ ≈ (45 (E₁ − E₋₁) − 9 (E₂ − E₋₂) + (E₃ − E₋₃)) / 60h,    E_k = E(θ + k h)
///
/// whose error is h⁶/140 times the seventh derivative (Fornberg, "Generation of finite difference formulas on
/// arbitrarily spaced grids", 1988).
struct DifferenceQuotient {
    let derivative: Double
    /// The sixth difference over √924, its factor for independent errors of the seven values: the rounding of one
    /// value.
    let rounding: Double
    /// The sum of |E₃ − 4E₂ + 5E₁ − 5E₋₁ + 4E₋₂ − E₋₃| and of the sixth difference, over h. Of a smooth function it is
    /// of order h⁴, above the error of the derivative; if the slope jumps within the points, several times that error.
    private let roughness: Double
    /// h
    private let step: Double
    /// max |E_k|
    private let largest: Double

    /// - Parameters:
    ///   - step: h.
    ///   - center: E₀.
    ///   - loss: E_k for k ≠ 0.
    init<Failure: Error>(
        step: Double, center: Double, loss: (_ k: Double) throws(Failure) -> Double
    ) throws(Failure) {
        var (odd, even, largest) = ([0.0], [center], abs(center))
        for k in [1.0, 2, 3] {
            let (above, below) = (try loss(k), try loss(-k))
            odd.append(above - below)
            even.append(above + below)
            largest = max(largest, abs(above), abs(below))
        }
        (self.step, self.largest) = (step, largest)
        derivative = (45 * odd[1] - 9 * odd[2] + odd[3]) / (60 * step)
        let fifth = odd[3] - 4 * odd[2] + 5 * odd[1]
        let sixth = even[3] - 6 * even[2] + 15 * even[1] - 20 * even[0]
        roughness = (abs(fifth) + abs(sixth)) / step
        rounding = abs(sixth) / 924.0.squareRoot()
    }

    /// A bound on the error of the derivative.
    func uncertainty(_ rounding: LossRounding) -> Double {
        let uncertainty = roughness + Self.doubt(rounding(largest), step: step)
        return uncertainty.isNaN ? .infinity : uncertainty
    }

    /// True if a smaller step would bring more rounding than it takes away from the roughness.
    func isSmooth(_ rounding: LossRounding) -> Bool {
        roughness <= Self.doubt(rounding(largest), step: step)
    }

    /// A bound on the error that the rounding of E makes. The formula multiplies it by 1.1 / h in the mean; the rest is
    /// for the tail of many elements.
    static func doubt(_ rounding: Double, step: Double) -> Double { 32 * rounding / step }
}
