/// The reason why an optimiser cannot go on from saved moments. It is then unchanged.
public enum OptimiserError: Error, Equatable, Sendable, CustomStringConvertible {
    case stepCountNegative(Int)
    case momentMissing(Moment)
    case momentNotOfRule(Moment)
    case layoutDiffers(Moment)
    case valuesImpossible(Moment)

    public var description: String {
        switch self {
        case .stepCountNegative(let count):
            "a step count of \(count) is negative"
        case .momentMissing(let name):
            "the rule needs the moment \(name.rawValue), which is missing"
        case .momentNotOfRule(let name):
            "the moment \(name.rawValue) does not belong to this rule at this step"
        case .layoutDiffers(let name):
            "the moment \(name.rawValue) belongs to a network of other widths or parts"
        case .valuesImpossible(let name):
            "the moment \(name.rawValue) holds a number that training cannot have left there: NaN, infinite, or a negative sum of squares"
        }
    }
}
