/// The shapes of a cell's parts, in blocks of H columns.
///
/// A row of Z has all that a step needs and that the way back needs again. X W_x goes to its first blocks, s_{t−1} W_s to
/// the blocks `stateBlocks`, so that either, and its gradient, is one product in place.
struct CellShape: Equatable {
    /// The columns of W_x and b_s.
    let inputGates: GateBlocks
    /// The columns of W_s.
    let stateGates: GateBlocks
    /// G
    let gates: Int
    /// The blocks of a row of Z.
    let blocks: Int
    /// The blocks that s_{t−1} W_s belongs to.
    let stateBlocks: Range<Int>
    /// The place of s_{t−1} W_s[n], the last block of W_s.
    var candidate = CandidateProduct.withOthers
    /// True if the cell has a c beside s.
    var hasCellState = false
    /// True if a share of s_{t−1} reaches s_t without W_s.
    var passesState = false

    /// The last block of a row of Z: q or p of a GRU.
    var lastBlock: Range<Int> { blocks - 1..<blocks }

    /// The blocks to which s_{t−1} W_s is added; the candidate's own product has the others.
    var addedBlocks: Range<Int> { candidate == .apart ? stateBlocks.dropLast() : stateBlocks }
}

/// The product of a candidate's weights.
enum CandidateProduct {
    /// One product with all of W_s.
    case withOthers
    /// A product of its own on the way forwards, which overwrites the last of `stateBlocks`.
    case apart
    /// A product of r ⊙ s_{t−1}, which stands in the last block of Z; it is added to the first.
    case afterReset
}
