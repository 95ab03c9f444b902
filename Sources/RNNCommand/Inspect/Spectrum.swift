import RecurrentLinearAlgebra
import Recurrent

/// What a recurrence does to a state in many steps: a W_s with a spectral radius far from 1 lets gradients vanish or
/// explode. Transposing W_s, as files do, changes neither number.
struct Spectrum {
    /// The largest singular value.
    let norm: Double
    /// The largest |λ|.
    let radius: Double

    /// The widest state that is computed; a few seconds.
    static let widthLimit = 1024

    /// nil if the tensor is not the W_s of an Elman cell, by its name and shape, or if it is too large or has no finite
    /// spectrum.
    init?(_ tensor: Safetensors.Tensor, _ numbers: [Double]) {
        let isWeights = tensor.name.split(separator: ".").last?.hasPrefix("weight_hh") == true
        guard isWeights, !tensor.name.hasPrefix("optimiser."), tensor.shape.count == 2,
            tensor.shape[0] == tensor.shape[1], 1...Self.widthLimit ~= tensor.shape[0]
        else { return nil }
        let width = tensor.shape[0]
        let weights = Matrix<Double>(rows: width, columns: width) { numbers[$0 * width + $1] }
        do {
            norm = try weights.spectralNorm()
            radius = try weights.eigenvalues().map(\.magnitude).max() ?? 0
        } catch {
            return nil
        }
    }
}
