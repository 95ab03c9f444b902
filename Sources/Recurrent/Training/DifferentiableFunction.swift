import RecurrentLinearAlgebra

/// A function to be minimised.
package protocol DifferentiableFunction<Number> {
    associatedtype Number: Scalar

    /// E(θ); ∂E/∂θ is written into `gradient`. Either may come out NaN or infinite.
    mutating func evaluate(
        at parameters: Parameters<Number>, into gradient: inout Parameters<Number>
    ) throws(TrainingError) -> Double
}
