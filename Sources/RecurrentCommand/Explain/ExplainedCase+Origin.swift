import Recurrent

// The numbers of the table of origins, and those of the spectrum of W_s.
extension ExplainedCase {
    var originTable: OriginTable {
        let byStateWeights = GradientOrigin(of: gradient)
        let byInputWeights = GradientOrigin(of: gradient, by: .inputWeights)
        let rows = gradient.terms.enumerated().map { k, term in
            let jacobian = decay.parts[k]
            return OriginTable.Row(
                stepsBack: jacobian.stepsBack, step: term.step, jacobianNorm: jacobian.norm,
                slopeBound: jacobian.slopeBound, bound: jacobian.bound,
                stateWeights: OriginTable.Row.Part(byStateWeights.parts[k]),
                inputWeights: OriginTable.Row.Part(byInputWeights.parts[k]))
        }
        return OriginTable(rows: rows)
    }
}

extension OriginTable.Row.Part {
    fileprivate init(_ part: GradientOrigin.Part) { self.init(norm: part.norm, share: part.share) }
}

extension Explanation.Spectrum {
    init(_ spectrum: RecurrenceSpectrum) {
        self.init(
            singularValues: spectrum.singularValues,
            eigenvalues: spectrum.eigenvalues.map { Eigenvalue(real: $0.real, imaginary: $0.imaginary) },
            spectralNorm: spectrum.spectralNorm, spectralRadius: spectrum.spectralRadius,
            largestSlope: spectrum.activation.largestSlope, growthLimit: spectrum.growthLimit,
            prospect: spectrum.prospect.rawValue)
    }
}
