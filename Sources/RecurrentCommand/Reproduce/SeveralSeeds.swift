/// Several networks trained in the same way, each with a seed of its own.
struct SeveralSeeds {
    let count: Int

    /// The results of every variant of a training, one for each seed.
    ///
    /// - Parameters:
    ///   - variants: what is trained.
    ///   - seed: the first seed; the others are the next ones.
    ///   - progress: shows the share of trainings that are finished.
    ///   - steps: of each training.
    ///   - train: trains a variant with a seed, and calls its last argument after each step.
    func results<Variant, Result>(
        _ variants: [Variant], from seed: UInt64, _ progress: ProgressDisplay, steps: Int,
        train: (Variant, UInt64, (_ step: Int) -> Void) throws -> Result
    ) rethrows -> [[Result]] {
        try variants.enumerated().map { number, variant in
            try (0..<count).map { index in
                let finished = (number * count + index) * steps
                return try train(variant, seed &+ UInt64(index)) {
                    progress.show(finished + $0, of: variants.count * count * steps)
                }
            }
        }
    }
}
