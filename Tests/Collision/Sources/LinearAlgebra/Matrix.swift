import CBLAS
import CVectorMath

/// A matrix of another package, which calls the same BLAS and C functions of names like ours once were.
public struct Matrix {
    public let elements: [Double]

    public init(_ elements: [Double]) { self.elements = elements }

    public var sumOfSquares: Double { cblas_ddot(Int32(elements.count), elements, 1, elements, 1) }

    public var exponentials: [Double] { elements.map(vector_exp_f64) }

    public static var vectorUnit: String { String(cString: vector_unit()) }
}
