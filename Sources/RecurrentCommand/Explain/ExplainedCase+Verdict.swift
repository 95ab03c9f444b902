import Foundation
import RecurrentLinearAlgebra
import Recurrent

// The facts of the case, and its verdict in words.
extension ExplainedCase {
    var facts: [Explanation.Fact] {
        [
            .init(name: "network", value: "\(configuration.words)"),
            .init(name: "from", value: "\(source)"),
            .init(name: "sequence", value: "\(plural(N, "step"))"),
            .init(name: "loss", value: "\(Self.lossName(loss)), \(.E(N)) = \(spoken(gradient.loss))"),
        ]
    }

    var verdict: [Explanation.Sentence] {
        var sentences = [origin(.W_s, .stateWeights), origin(.W_x, .inputWeights), prospect]
        if N > 1 { sentences.append(measured) }
        sentences.append(agreement)
        return sentences
    }

    private func origin(_ letter: Formula, _ name: ParameterName) -> Explanation.Sentence {
        let origin = GradientOrigin(of: gradient, by: name)
        let whole = Formula.lossBy(letter, N)
        if origin.norm == 0 {
            return "\(whole) is zero: \(reasonForZero(origin, isStateWeights: name == .stateWeights))."
        }
        if N == 1 { return "All of \(whole) comes from the only step." }
        if origin.parts.dropFirst().allSatisfy({ $0.norm == 0 }) {
            let reason: Explanation.Sentence =
                spectrum.spectralNorm == 0
                ? ", since \(.W_s) is zero and no state depends on the one before" : ""
            return "All of \(whole) comes from step \(N) itself\(reason)."
        }
        let last = origin.parts.last { $0.norm > 0 }?.stepsBack ?? 0
        let spoken = last < 5 ? last + 1 : 3
        var shares = origin.parts.prefix(spoken).map { part in
            let place =
                part.stepsBack == 0 ? "comes from step \(N) itself" : "from " + Self.back(part.stepsBack)
            return percent(part.share, 1) + " " + place
        }
        if spoken < N {
            let rest = origin.parts.dropFirst(spoken).reduce(0) { $0 + $1.share }
            shares.append((last < spoken ? "nothing" : percent(rest, 1)) + " from further back")
        }
        let list = shares.dropLast().joined(separator: ", ") + " and " + shares[shares.count - 1]
        let opposed = origin.parts.contains { $0.share < -0.0005 }
        let warning = opposed ? " Terms with a negative share oppose the sum." : ""
        let held = Self.back(origin.stepsBack(holding: 0.9))
        return
            "Of \(whole), \(list).\(warning) By the norms of the terms alone, 90 % lies within \(held)."
    }

    private static func back(_ steps: Int) -> String {
        steps == 0 ? "the last step" : steps == 1 ? "one step back" : "\(steps) steps back"
    }

    private func reasonForZero(_ origin: GradientOrigin, isStateWeights: Bool) -> Explanation.Sentence {
        func isZero(_ matrix: Matrix<Double>) -> Bool { matrix.largestMagnitude == 0 }
        if isZero(gradient.lossByActivation) {
            let isRight =
                [.crossEntropy, .binaryCrossEntropy].contains(loss) || isZero(gradient.lossByOutput)
            return isRight
                ? "the output is exactly the target" : "the slope of the output function is zero there"
        }
        if isZero(gradient.terms[0].stateGradient) { return "\(.W_y) passes nothing back to the state" }
        if gradient.terms.allSatisfy({ isZero($0.stateBias) }) {
            return "the slopes of the states that the loss reaches are zero"
        }
        if N == 1, isStateWeights { return "\(.s(0)), the only state that \(.W_s) acts on, is zero" }
        return origin.parts.allSatisfy { $0.norm == 0 }
            ? "in every step either the slopes or the inputs of these weights are zero" : "its terms cancel"
    }

    private var prospect: Explanation.Sentence {
        let (γ, limit) = (spectrum.activation.largestSlope, spectrum.growthLimit)
        let numbers: Explanation.Sentence =
            "\(.W_s) has \(.σ_max) = \(spoken(spectrum.spectralNorm)) and the spectral radius \(spoken(spectrum.spectralRadius)); the largest slope of \(Self.activationName(configuration)) is \(.γ) = \(spoken(γ))"
        let factor: Explanation.Sentence = "\(.sequence([.γ, .σ_max])) = \(Self.besideOne(limit))"
        switch spectrum.prospect {
        case .vanishes where limit == 0:
            return "\(numbers): nothing flows back through a \(.W_s) of zeros."
        case .vanishes:
            let steps = log(0.1) / log(limit)
            return
                "\(numbers). \(factor) is below 1, so by Pascanu's bound the gradient must vanish over many steps: a step back leaves at most that fraction of it, \(Self.within(steps)) at most a tenth."
        case .mayExplode:
            return
                "\(numbers). \(factor) is above 1, which by Pascanu's bound is necessary for the gradient to explode, and the radius times \(.γ) is above 1 too: over long sequences the gradient can explode while the slopes stay near \(.γ); smaller slopes can still make it vanish."
        case .undecided
        where spectrum.activation == .identity && γ * spectrum.spectralRadius < 1 - 1e-12:
            return
                "\(numbers). \(factor) is not below 1, so Pascanu's bound decides nothing; but the states are linear and the radius is below 1, so in the long run the gradient vanishes."
        case .undecided:
            return
                "\(numbers). \(factor) is not below 1, so Pascanu's bound does not make the gradient vanish; the radius times \(.γ) is not above 1, so nothing makes it explode either. The slopes decide."
        }
    }

    /// A factor in words, as "1 − 1.0e−7" where rounding would make it 1.
    private static func besideOne(_ factor: Double) -> String {
        let difference = factor - 1
        guard spoken(factor) == "1", difference != 0 else { return spoken(factor) }
        return "1 \(difference < 0 ? "−" : "+") \(exponential(abs(difference), digits: 2))"
    }

    private static func within(_ steps: Double) -> String {
        let rounded = steps.rounded(.up)
        return rounded <= 1
            ? "one step" : rounded < 1e6 ? "\(Int(rounded)) steps" : "more than a million steps"
    }

    private var measured: Explanation.Sentence {
        let part = decay.parts[N - 1]
        let name = Formula.norm(.jacobian(N, 1))
        if part.norm == 0 { return "On this sequence \(name) is zero: nothing reaches back to step 1." }
        let rate = pow(part.norm, 1 / Double(N - 1))
        let change = rate < 1 ? "shrinks" : "grows"
        return
            "On this sequence \(name) = \(spoken(part.norm)), where the slopes allow \(spoken(part.slopeBound)) and \(.W_s) alone allows \(spoken(part.bound)): \(rate == 1 ? "it keeps its size" : "it \(change) by the factor \(spoken(rate)) per step on average")."
    }

    private var agreement: Explanation.Sentence {
        let sums: [(ParameterName, Matrix<Double>)] = [
            (.stateWeights, gradient.stateWeights), (.inputWeights, gradient.inputWeights),
            (.outputWeights, gradient.outputWeights), (.stateBias, gradient.stateBias),
            (.outputBias, gradient.outputBias),
        ]
        var (worst, isRounding) = (0.0, true)
        for (name, sum) in sums {
            guard let other = backpropagated[name] else { continue }
            let distance = (other - sum).largestMagnitude
            worst = max(worst, distance)
            isRounding = isRounding && distance <= 1e-10 * other.largestMagnitude
        }
        if worst == 0 {
            return "The sums of the terms and backpropagation through time (BPTT) agree in every bit."
        }
        return
            "The sums of the terms and backpropagation through time (BPTT) differ by at most \(exponential(worst, digits: 2)), which \(isRounding ? "is rounding" : "is more than rounding explains")."
    }

    /// The distance of BPTT from the sum of the terms, in words.
    static func agreement(_ difference: Matrix<Double>, of gradient: Matrix<Double>) -> Explanation.Sentence {
        let (worst, largest) = (difference.largestMagnitude, gradient.largestMagnitude)
        if worst == 0 { return "They agree in every bit." }
        return
            "They differ by at most \(exponential(worst, digits: 2)), \(spoken(worst / max(largest, worst).ulp)) ulp of the largest element."
    }

    static func activationName(_ configuration: NetworkConfiguration) -> String {
        switch configuration.layers[0].cell.activation ?? .tanh {
        case .tanh: "tanh"
        case .sigmoid: "sigmoid"
        case .relu: "ReLU"
        case .identity: "identity"
        }
    }

    private static func lossName(_ loss: Loss) -> String {
        switch loss {
        case .squaredError: "squared error"
        case .halfSquaredError: "half squared error"
        case .meanSquaredError: "mean squared error"
        case .crossEntropy: "cross entropy"
        case .binaryCrossEntropy: "binary cross entropy"
        default: loss.rawValue
        }
    }
}
