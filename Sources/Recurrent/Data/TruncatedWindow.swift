import RecurrentLinearAlgebra

/// The windows of truncated backpropagation, TBPTT(k1, k2): every `advance` steps a backward pass over `reach`
/// steps. The losses of the last `advance` steps count; a window's first states are constants without a gradient.
public struct TruncatedWindow: Equatable, Sendable, Codable {
    /// k1
    public let advance: Int
    /// k2
    public let reach: Int

    /// - Parameters:
    ///   - advance: k1, at least 1.
    ///   - reach: k2, at least k1; by default k1, the common chunked form.
    /// - Precondition: 1 ≤ k1 ≤ k2.
    public init(advance: Int, reach: Int? = nil) {
        self.advance = advance
        self.reach = reach ?? advance
        require(
            advance >= 1 && self.reach >= advance,
            "TBPTT(\(advance), \(self.reach)): k1 must be at least 1 and k2 at least k1")
    }

    /// The windows of streams of `steps` steps: the steps that are unfolded, and the first whose loss counts.
    func windows(steps: Int) -> [(steps: Range<Int>, firstLoss: Int)] {
        stride(from: 0, to: steps, by: advance).map { first in
            let end = min(first + advance, steps)
            return (max(0, first + advance - reach)..<end, first)
        }
    }
}
