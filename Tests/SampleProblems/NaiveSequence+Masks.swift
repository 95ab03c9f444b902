import NaiveReference
import Recurrent

extension NaiveSequence {
    /// Adds the dropout masks of a sequence by the engine's rule: numbers of SplitMix64 from a key of layer, sequence and
    /// step.
    package mutating func addMasks(_ problem: Problem, sequence: Int) {
        guard let seed = problem.dropoutSeed else { return }
        let configuration = problem.configuration
        func mask(_ probability: Double, _ width: Int, key: UInt64) -> [Double] {
            (1...width).map { place in
                let word = Self.finalise(key &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15)
                return Double(word >> 11) * 0x1p-53 < probability ? 0 : 1 / (1 - probability)
            }
        }
        func mix(_ key: UInt64, _ number: Int) -> UInt64 {
            Self.finalise(key ^ UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
        }
        if problem.readOutDropout > 0 {
            let width = configuration.readOutWidth
            let key = mix(mix(seed, configuration.layers.count - 1), sequence)
            let keys = configuration.isPooled ? [key] : x.indices.map { mix(key, $0) }
            readOutMask = keys.map { mask(problem.readOutDropout, width, key: $0) }
        }
        for (number, layer) in configuration.layers.enumerated() {
            let key = mix(mix(seed, number), sequence)
            if problem.dropout > 0 {
                outputMask.append(
                    x.indices.map { mask(problem.dropout, layer.outputWidth, key: mix(key, $0)) })
            }
            guard problem.stateDropout > 0 else { continue }
            stateMask.append(
                (0..<layer.directions.count).map { direction in
                    let number = configuration.layers.count + 2 * number + direction
                    return mask(
                        problem.stateDropout, layer.stateWidth, key: mix(mix(seed, number), sequence))
                })
        }
    }

    private static func finalise(_ key: UInt64) -> UInt64 {
        var word = key
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
