extension Explanation {
    /// The spectrum of W_s, and what it says about the gradient over many steps.
    package struct Spectrum: Encodable {
        package struct Eigenvalue: Encodable {
            let real, imaginary: Double

            package init(real: Double, imaginary: Double) { (self.real, self.imaginary) = (real, imaginary) }
        }
        let singularValues: [Double]
        let eigenvalues: [Eigenvalue]
        let spectralNorm, spectralRadius, largestSlope, growthLimit: Double
        let prospect: String

        package init(
            singularValues: [Double], eigenvalues: [Eigenvalue], spectralNorm: Double, spectralRadius: Double,
            largestSlope: Double, growthLimit: Double, prospect: String
        ) {
            (self.singularValues, self.eigenvalues) = (singularValues, eigenvalues)
            (self.spectralNorm, self.spectralRadius) = (spectralNorm, spectralRadius)
            (self.largestSlope, self.growthLimit, self.prospect) = (largestSlope, growthLimit, prospect)
        }
    }
}
