/// The inside of a network after an epoch, on a batch that stays the same throughout the training.
package struct Diagnosis: Codable, Equatable, Sendable {
    /// One direction of one layer.
    package struct Cell: Codable, Equatable, Sendable {
        /// Counted from 1.
        package let layer: Int
        package let reverse: Bool
        /// ‖∂E/∂s_t‖ over all sequences, for t = 1…T. E is the training loss.
        package let stateGradientNorms: [Double]
        /// The singular values of W_s, the largest first; empty for a layer without W_s, and for gated cells, whose
        /// W_s is not square.
        package let singularValues: [Double]
        /// The eigenvalues of W_s: real and imaginary part; empty for the same cells.
        package let eigenvalues: [[Double]]
        /// The fraction of states where |Φ'| is below 2 % of its largest value; of gated cells the fraction of the values
        /// of gates and candidates where the derivative is.
        package let saturation: Double
        /// The mean of an LSTM's forget gate; nil for other cells.
        package let forgetGate: Double?

        package init(
            layer: Int, reverse: Bool, stateGradientNorms: [Double], singularValues: [Double],
            eigenvalues: [[Double]], saturation: Double, forgetGate: Double? = nil
        ) {
            self.layer = layer
            self.reverse = reverse
            self.stateGradientNorms = stateGradientNorms
            self.singularValues = singularValues
            self.eigenvalues = eigenvalues
            self.saturation = saturation
            self.forgetGate = forgetGate
        }
    }

    package let training: Int
    package let epoch: Int
    package let cells: [Cell]

    package init(training: Int, epoch: Int, cells: [Cell]) {
        self.training = training
        self.epoch = epoch
        self.cells = cells
    }
}
