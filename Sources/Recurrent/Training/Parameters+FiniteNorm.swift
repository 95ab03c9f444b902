extension Parameters {
    /// ‖g‖₂ of these parameters as the gradient of a loss.
    ///
    /// - Throws: `TrainingError` if the loss, the gradient or its norm is not finite.
    func finiteNorm(loss: Double) throws(TrainingError) -> S {
        guard loss.isFinite else { throw .lossNotFinite(loss) }
        let norm = norm
        if norm.isFinite { return norm }
        if let name = firstPartNotFinite { throw .gradientNotFinite(name, loss: loss) }
        throw .gradientNormNotFinite(loss: loss)
    }
}
