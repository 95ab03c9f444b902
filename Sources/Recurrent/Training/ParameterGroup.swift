import RecurrentLinearAlgebra

/// Parameters that learn in a way of their own: with another learning rate or weight decay, or not at all.
///
/// Where groups overlap, the last one that has a parameter decides. Parameters in no group learn as the rest of the settings
/// say. Those that are frozen keep their bytes under every rule, and their gradients count as zero: neither in its norm nor
/// in clipping do they have a part.
public struct ParameterGroup: Equatable, Sendable, Codable {
    public var selection: ParameterSelection
    /// The factor of η; 0 for parameters that are frozen.
    public var rateFactor: Double
    /// λ; that of the optimiser if nil.
    public var weightDecay: Double?

    /// - Parameters:
    ///   - selection: the parameters.
    ///   - rateFactor: 1 by default.
    ///   - weightDecay: that of the optimiser by default.
    public init(_ selection: ParameterSelection, rateFactor: Double = 1, weightDecay: Double? = nil) {
        (self.selection, self.rateFactor, self.weightDecay) = (selection, rateFactor, weightDecay)
    }

    /// Parameters that do not learn.
    public static func frozen(_ selection: ParameterSelection) -> ParameterGroup {
        ParameterGroup(selection, rateFactor: 0)
    }

    /// The problem of the numbers, in words for people, or nil.
    var problem: String? {
        if !(rateFactor >= 0 && rateFactor.isFinite) {
            return
                "a group's factor of the learning rate of \(number: rateFactor) is not at least 0 and finite"
        }
        guard let weightDecay, !(weightDecay >= 0 && weightDecay.isFinite) else { return nil }
        return "a group's weight decay of \(number: weightDecay) is not at least 0 and finite"
    }
}
