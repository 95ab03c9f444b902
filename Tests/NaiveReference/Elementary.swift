/// The elementary functions, which the caller passes in because nothing is imported.
public struct Elementary: Sendable {
    let exp: @Sendable (Double) -> Double
    let log: @Sendable (Double) -> Double
    let tanh: @Sendable (Double) -> Double

    public init(
        exp: @escaping @Sendable (Double) -> Double, log: @escaping @Sendable (Double) -> Double,
        tanh: @escaping @Sendable (Double) -> Double
    ) {
        self.exp = exp
        self.log = log
        self.tanh = tanh
    }
}
