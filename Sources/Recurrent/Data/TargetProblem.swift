/// The reason why a target cannot be that of a loss.
public enum TargetProblem: String, Sendable {
    case outsideUnitInterval = "outside 0...1; binary cross entropy takes probabilities"
    case negativeCount = "below 0; the Poisson loss takes counts"
    case noDistribution = "that is no distribution; soft cross entropy takes probabilities that sum to 1"
}
