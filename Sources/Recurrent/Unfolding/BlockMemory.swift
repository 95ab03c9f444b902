import RecurrentLinearAlgebra

/// The memory of a block of sequences.
struct BlockMemory<S: Scalar> {
    /// For results that are read when the pass is over.
    let kept: Workspace<S>
    /// For everything that the block needs while it is worked on; shared by blocks that follow each other.
    let passing: Workspace<S>
}
