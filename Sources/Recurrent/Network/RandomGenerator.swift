import RecurrentLinearAlgebra

import Foundation

/// The package's own source of random numbers: xoshiro256** (Blackman and Vigna, "Scrambled linear
/// pseudorandom number generators", 2021), seeded through SplitMix64.
///
/// The same seed gives the same numbers in every version of Swift: nothing
/// here rests on the standard library's algorithms. Its state can be saved and restored.
public struct RandomGenerator: RandomNumberGenerator, Sendable, Equatable {
    /// The four words of the generator; never all zero.
    public private(set) var state: [UInt64]

    /// The generator of a seed; every seed is as good as any other.
    public init(seed: UInt64) {
        var mixer = seed
        state = (0..<4).map { _ in
            mixer &+= 0x9E37_79B9_7F4A_7C15
            var word = mixer
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
    }

    /// A generator that goes on from a saved state, or nil if the words are not one.
    public init?(state: [UInt64]) {
        guard state.count == 4, state.contains(where: { $0 != 0 }) else { return nil }
        self.state = state
    }

    /// A seed for one of many purposes of one seed: SplitMix64's finaliser over both numbers.
    static func seed(_ seed: UInt64, _ number: Int) -> UInt64 {
        var word = seed ^ UInt64(bitPattern: Int64(number)) &* 0x9E37_79B9_7F4A_7C15
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    public mutating func next() -> UInt64 {
        let scrambled = state[1] &* 5
        let result = (scrambled << 7 | scrambled >> 57) &* 9
        let shifted = state[1] << 17
        state[2] ^= state[0]
        state[3] ^= state[1]
        state[1] ^= state[2]
        state[0] ^= state[3]
        state[2] ^= shifted
        state[3] = state[3] << 45 | state[3] >> 19
        return result
    }

    /// Uniform on [0, 1), with 53 random bits.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform on [−bound, bound).
    public mutating func uniform(within bound: Double) -> Double { bound * (2 * uniform() - 1) }

    /// Normal with mean 0 and variance 1, by the polar method of Marsaglia and Bray (1964).
    public mutating func normal() -> Double {
        while true {
            let (u, v) = (uniform(within: 1), uniform(within: 1))
            let square = u * u + v * v
            if square > 0 && square < 1 { return u * (-2 * log(square) / square).squareRoot() }
        }
    }

    /// Uniform on 0..<bound, without bias.
    ///
    /// - Precondition: `bound` is at least 1.
    public mutating func index(below bound: Int) -> Int {
        require(bound > 0, "there is no index below \(bound)")
        let bound = UInt64(bound)
        let unbiased = UInt64.max - UInt64.max % bound
        while true {
            let draw = next()
            if draw < unbiased { return Int(draw % bound) }
        }
    }

    /// The indices 0..<count in random order (Fisher and Yates).
    ///
    /// - Precondition: `count` is not negative.
    public mutating func permutation(_ count: Int) -> [Int] {
        require(count >= 0, "there are no \(count) indices")
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(last, index(below: last + 1))
        }
        return order
    }
}
