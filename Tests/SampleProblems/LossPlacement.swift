/// The steps of a problem that have a loss.
package enum LossPlacement: Sendable {
    case every, last
    /// Weights that grow with the step; every third is 0.
    case weighted
}
