import Recurrent
import RecurrentLinearAlgebra

extension RecurrenceSpectrum {
    /// The widest W_s whose spectrum is computed; it takes a few seconds.
    static let widthLimit = 1024

    /// The spectrum of a tensor of a file, or nil if the tensor is not the W_s of an Elman cell by its name and
    /// shape, if it is wider than `widthLimit`, or if it is not finite. Files hold W_s transposed, which changes
    /// neither singular values nor eigenvalues.
    ///
    /// The file need not name Φ, which the singular values and eigenvalues do not depend on.
    ///
    /// - Parameter elements: the elements of the tensor, row after row.
    init?(_ tensor: Safetensors.Tensor, elements: [Double]) {
        let isStateWeights = tensor.name.split(separator: ".").last?.hasPrefix("weight_hh") == true
        guard isStateWeights, !tensor.name.hasPrefix("optimiser."), tensor.shape.count == 2,
            tensor.shape[0] == tensor.shape[1], 1...Self.widthLimit ~= tensor.shape[0]
        else { return nil }
        let width = tensor.shape[0]
        let W_s = Matrix<Double>(rows: width, columns: width) { elements[$0 * width + $1] }
        guard let spectrum = try? RecurrenceSpectrum(W_s, activation: .tanh) else { return nil }
        self = spectrum
    }
}
