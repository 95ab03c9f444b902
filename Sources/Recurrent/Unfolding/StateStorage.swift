/// Which states an unfolding keeps for the way back.
public enum StateStorage: Sendable {
    /// All: N·H numbers for N valid steps of all sequences.
    case kept
    /// Those before every √T-th step; the others are computed again on the way back. Memory grows with
    /// √T, time by a third at most. For very long sequences.
    case recomputed
}
