/// The inside of a network after an epoch, on a batch that stays the same throughout the training.
struct Diagnosis: Codable, Equatable, Sendable {
    /// One direction of one layer.
    struct Cell: Codable, Equatable, Sendable {
        /// Counted from 1.
        let layer: Int
        let reverse: Bool
        /// ‖∂E/∂s_t‖ over all sequences, for t = 1…T. E is the training loss.
        let stateGradientNorms: [Double]
        /// The singular values of W_s, the largest first; empty for a layer without W_s.
        let singularValues: [Double]
        /// The eigenvalues of W_s: real and imaginary part.
        let eigenvalues: [[Double]]
        /// The fraction of states where |Φ'| is below 2 % of its largest value.
        let saturation: Double
    }

    let training: Int
    let epoch: Int
    let cells: [Cell]
}
