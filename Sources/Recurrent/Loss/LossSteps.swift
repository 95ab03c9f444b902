/// The steps of a sequence that carry a loss, for an `Objective` and for a trainer's settings.
public enum LossSteps: Equatable, Sendable, Codable {
    /// Every valid step (many to many).
    case every
    /// The last valid step of each sequence (many to one).
    case last
    /// Every valid step after a burn-in: the given number of steps at the beginning of a sequence in which the state
    /// gathers what it needs.
    case afterBurnIn(Int)

    /// True if step `step` of a sequence of `length` valid steps carries a loss.
    func contains(_ step: Int, of length: Int) -> Bool {
        switch self {
        case .every: true
        case .last: step == length - 1
        case .afterBurnIn(let burnIn): step >= burnIn
        }
    }
}
