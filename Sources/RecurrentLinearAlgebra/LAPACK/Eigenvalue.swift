/// An eigenvalue, a complex number.
public struct Eigenvalue<Element: Scalar>: Equatable, Sendable {
    public let real: Element
    public let imaginary: Element
    /// |λ|, without overflow on the way.
    public var magnitude: Element {
        let (small, large) = (min(abs(real), abs(imaginary)), max(abs(real), abs(imaginary)))
        return large == 0 ? 0 : large * (1 + (small / large) * (small / large)).squareRoot()
    }
}
