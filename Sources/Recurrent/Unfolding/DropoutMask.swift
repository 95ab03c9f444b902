import RecurrentLinearAlgebra

/// The elements that are dropped in one training pass. A mask is never stored as a whole: seed, layer, sequence and
/// step decide it, so it is the same however a batch is cut and whichever worker applies it.
struct DropoutMask: Sendable {
    let probability: Double
    private let seed: UInt64

    /// - Parameter number: distinguishes the masks of one pass.
    init(probability: Double, seed: UInt64, number: Int) {
        self.probability = probability
        self.seed = RandomGenerator.seed(seed, number)
    }

    /// The key of a mask that a sequence has in all steps.
    func key(sequence: Int) -> UInt64 { RandomGenerator.seed(seed, sequence) }

    /// The key of a mask that a sequence has in one step.
    func key(sequence: Int, step: Int) -> UInt64 { RandomGenerator.seed(key(sequence: sequence), step) }

    /// Drops elements of the rows of some steps of a block.
    func apply<S: Scalar>(
        to rows: MutableMatrixView<S>, of steps: Range<Int>, in segment: BlockSegment
    ) {
        let first = segment.rows(steps).lowerBound
        for run in segment.block.runs {
            guard let run = run.within(steps) else { continue }
            let sequences = segment.block.sequences.suffix(run.sequences)
            for step in run.steps {
                let range = segment.rows(of: run, step: step)
                rows.rows(range.lowerBound - first..<range.upperBound - first).dropOut(
                    probability: probability
                ) { key(sequence: sequences[sequences.startIndex + $0], step: step) }
            }
        }
    }
}
