import RecurrentLinearAlgebra

extension CheckedLoss {
    /// h of an element of magnitude 1 or less, in a network without larger parameters: powers of two, so that θ + h is
    /// all but exact. The first gives losses of a few steps twelve digits; smaller ones serve where the loss bends
    /// sharply.
    private static let steps = [0x1p-10, 0x1p-13, 0x1p-16, 0x1p-19, 0x1p-22]
    /// The relative uncertainty at which no smaller step is tried.
    private static let resolved = 0.1 * GradientCheck.tolerance

    /// One element of an argument.
    private struct Place {
        let argument: Argument
        let row: Int
        let column: Int
    }

    /// The derivatives by the elements of each argument, as difference quotients.
    ///
    /// All elements together show the rounding of the loss; with it each quotient is refined.
    ///
    /// - Returns: the derivatives, and the uncertainty that the rounding of the loss alone would give them.
    func derivatives(
        in unfolding: Unfolding<Double>
    ) throws(PassError) -> (byArgument: [UncertainDerivatives], leastUncertainty: Double) {
        let center = try value(in: unfolding)
        var quotients: [[DifferenceQuotient]] = []
        for argument in arguments {
            let value = self[argument]
            var ofArgument: [DifferenceQuotient] = []
            for index in 0..<value.rows * value.columns {
                let place = Place(
                    argument: argument, row: index / value.columns, column: index % value.columns)
                ofArgument.append(try quotient(at: place, step: Self.steps[0], center, in: unfolding))
            }
            quotients.append(ofArgument)
        }
        let rounding = LossRounding(of: objective, quotients.joined())
        var derivatives: [UncertainDerivatives] = []
        for (argument, var quotients) in zip(arguments, quotients) {
            let (rows, columns) = (self[argument].rows, self[argument].columns)
            for index in quotients.indices {
                let place = Place(argument: argument, row: index / columns, column: index % columns)
                try refine(&quotients[index], at: place, center, rounding, in: unfolding)
            }
            func matrix(_ property: (DifferenceQuotient) -> Double) -> Matrix<Double> {
                Matrix(rows: rows, columns: columns) { property(quotients[$0 * columns + $1]) }
            }
            derivatives.append(
                UncertainDerivatives(
                    values: matrix(\.derivative), uncertainty: matrix { $0.uncertainty(rounding) }))
        }
        return (derivatives, DifferenceQuotient.doubt(rounding(center), step: Self.steps[0]))
    }

    /// Tries smaller steps unless the derivative is as certain as it can be, and keeps the most certain.
    private func refine(
        _ best: inout DifferenceQuotient, at place: Place, _ center: Double, _ rounding: LossRounding,
        in unfolding: Unfolding<Double>
    ) throws(PassError) {
        for step in Self.steps.dropFirst() {
            let uncertainty = best.uncertainty(rounding)
            if best.isSmooth(rounding) || uncertainty <= Self.resolved * abs(best.derivative) { return }
            let next = try quotient(at: place, step: step, center, in: unfolding)
            if next.uncertainty(rounding) < uncertainty { best = next }
        }
    }

    private func quotient(
        at place: Place, step: Double, _ center: Double, in unfolding: Unfolding<Double>
    ) throws(PassError) -> DifferenceQuotient {
        var (changed, value) = (self, self[place.argument])
        let element = value[place.row, place.column]
        // Large weights make everything before them change the loss faster.
        let unit = max(1, abs(element)) / max(1, network.parameters.largestMagnitudeIgnoringNaN)
        let h = step * unit.binade
        return try DifferenceQuotient(step: h, center: center) { (k) throws(PassError) in
            value[place.row, place.column] = element + k * h
            changed[place.argument] = value
            return try changed.value(in: unfolding)
        }
    }
}
