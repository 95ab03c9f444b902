/// The numbers in the picture of an unfolded network: its states, and the gradient of E_N flowing back.
package struct UnfoldedPicture {
    /// A step of the picture: 0 for s_0, 1 … N for the others.
    package struct Step {
        let number: Int
        let input: [Double]
        let state: [Double]
        /// ∂E_N/∂s_t
        let gradient: [Double]
        let output: [Double]
        /// The share of this step's term in ∂E_N/∂W_s.
        let share: Double

        package init(
            number: Int, input: [Double], state: [Double], gradient: [Double], output: [Double], share: Double
        ) {
            (self.number, self.input, self.state) = (number, input, state)
            (self.gradient, self.output, self.share) = (gradient, output, share)
        }

        var gradientNorm: Double { gradient.reduce(0) { ($0 * $0 + $1 * $1).squareRoot() } }
    }

    let steps: [Step]
    var N: Int { steps.count - 1 }
    /// d_N as values; for a class, 1 at its index and 0 elsewhere.
    let target: [Double]
    let loss: Double
    /// ‖∂E_N/∂y_N‖
    let outputGradientNorm: Double
    /// ‖∂s_k/∂s_{k−1}‖ for k = 1 … N.
    let jacobianNorms: [Double]

    package init(
        steps: [Step], target: [Double], loss: Double, outputGradientNorm: Double, jacobianNorms: [Double]
    ) {
        (self.steps, self.target, self.loss) = (steps, target, loss)
        (self.outputGradientNorm, self.jacobianNorms) = (outputGradientNorm, jacobianNorms)
    }

    /// The steps that are drawn, nil for an ellipsis: all of up to eight, otherwise the first and the last four.
    var columns: [Step?] {
        N <= 8 ? steps : Array(steps.prefix(4)) + [Step?.none] + Array(steps.suffix(4))
    }
}
