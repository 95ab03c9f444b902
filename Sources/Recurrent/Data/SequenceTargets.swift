import RecurrentLinearAlgebra

/// The targets of a set of sequences.
public enum SequenceTargets<S: Scalar>: Sendable {
    /// For each sequence as many rows of O values as it has steps.
    case everyStep([[[S]]])
    /// For each sequence as many classes as it has steps.
    case classOfEveryStep([[Int]])
    /// A row of O values for each sequence, for networks with one output a sequence.
    case perSequence([[S]])
    /// A class for each sequence, for networks with one output a sequence.
    case classPerSequence([Int])
    /// For each sequence its labels in order, at unknown steps, for networks with an output for every step.
    case labels([[Int]])
}
