/// The inside of a network after an epoch, on a batch that stays the same throughout the training.
package struct Diagnosis: Codable, Equatable, Sendable {
    /// One direction of one layer.
    package struct Cell: Codable, Equatable, Sendable {
        /// Counted from 1.
        package let layer: Int
        package let reverse: Bool
        /// ‖∂E/∂s_t‖ over all sequences, for t = 1…T. E is the training loss.
        package let stateGradientNorms: [Double]
        /// The singular values of W_s, the largest first; empty for a layer without W_s.
        package let singularValues: [Double]
        /// The eigenvalues of W_s: real and imaginary part.
        package let eigenvalues: [[Double]]
        /// The fraction of states where |Φ'| is below 2 % of its largest value.
        package let saturation: Double

        package init(
            layer: Int, reverse: Bool, stateGradientNorms: [Double], singularValues: [Double],
            eigenvalues: [[Double]], saturation: Double
        ) {
            self.layer = layer
            self.reverse = reverse
            self.stateGradientNorms = stateGradientNorms
            self.singularValues = singularValues
            self.eigenvalues = eigenvalues
            self.saturation = saturation
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
