extension Parameters {
    /// ‖g‖₂ of these parameters as the gradient of a loss.
    ///
    /// - Throws: `TrainingError` if the loss, the gradient or its norm is not finite.
    func finiteNorm(loss: Double) throws(TrainingError) -> S {
        let norm = norm
        try requireFinite(norm: norm, loss: loss)
        return norm
    }

    /// Throws if the loss, the gradient or its norm, which has been computed, is not finite.
    func requireFinite(norm: S, loss: Double) throws(TrainingError) {
        guard loss.isFinite else { throw .lossNotFinite(loss) }
        if norm.isFinite { return }
        if let name = firstPartNotFinite { throw .gradientNotFinite(name, loss: loss) }
        throw .gradientNormNotFinite(loss: loss)
    }
}
