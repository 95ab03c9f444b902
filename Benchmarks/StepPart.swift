/// A kind of work in a training step.
struct StepPart {
    let name: String
    let milliseconds: Double
    /// The multiplications that it does for a row; 0 if it is no product.
    var multiplications = 0
}
