import Foundation
import RecurrentFormats
import RecurrentLinearAlgebra

extension Safetensors.Tensor {
    /// A matrix as a tensor: two dimensions, or one for a vector.
    public init<S: Scalar>(name: String, _ matrix: Matrix<S>, asVector: Bool = false) {
        self.init(
            name: name, type: S.self == Float.self ? .f32 : .f64,
            shape: asVector ? [matrix.rows * matrix.columns] : [matrix.rows, matrix.columns],
            bytes: unsafe matrix.elements.withUnsafeBytes { unsafe Data($0) })
    }
}
