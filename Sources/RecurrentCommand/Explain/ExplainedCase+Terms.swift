import RecurrentLinearAlgebra
import Recurrent

// The terms of the gradients, their sums, and the share of each number of steps back.
extension ExplainedCase {
    var reach: Explanation.Section {
        var contents: [Explanation.Content] = []
        for term in gradient.terms {
            let i = term.step
            var product: [Formula] = []
            if i == N { product = [.symbol("I", "")] }
            if i < N - 1 { product = [.product(.jacobian(i + 1, i), .jacobian(N, i + 1))] }
            contents.append(equation(.jacobian(N, i), term.stateJacobian, as: product, label: "i = \(i)"))
            let through: Formula =
                i == N
                ? .product(.lossBy(.y(N), N), .derivative(.y(N), by: .s(N)))
                : .product(.lossBy(.s(N), N), .jacobian(N, i))
            contents.append(equation(.lossBy(.s(i), N), term.stateGradient, as: [through]))
        }
        return Explanation.Section(title: "How the loss reaches each state", contents: contents)
    }

    func terms(_ name: ParameterName, _ letter: Formula) -> Explanation.Section {
        let term: Formula = .product(.lossBy(.s_i, N), .derivative(.s_i, by: letter, immediate: true))
        var contents: [Explanation.Content] = [
            .remark(
                "The sum over \(.symbol("i", "")) of \(term): the second factor varies \(letter) in step \(.symbol("i", "")) only, and its column \(.symbol("n", "")) is multiplied by element \(.symbol("n", "")) of \(.lossBy(.s_i, N))."
            )
        ]
        let isStateWeights = name == .stateWeights
        for term in gradient.terms {
            let i = term.step
            let immediate = isStateWeights ? term.immediateByStateWeights : term.immediateByInputWeights
            let inNumbers: Formula = .sequence([
                .matrix(immediate.rowArrays), .function("diag", .matrix(term.stateGradient.rowArrays)),
            ])
            // Two wide matrices stand below each other rather than side by side.
            let isWide = inNumbers.columns > 6
            if isWide { contents.append(equation(.immediate(i, letter), immediate, label: "i = \(i)")) }
            contents.append(
                equation(
                    .product(.lossBy(.s(i), N), .immediate(i, letter)),
                    isStateWeights ? term.stateWeights : term.inputWeights, as: isWide ? [] : [inNumbers],
                    label: isWide ? "" : "i = \(i)"))
        }
        contents += comparison(name, letter, isStateWeights ? gradient.stateWeights : gradient.inputWeights)
        return Explanation.Section(title: "The terms of \(.lossBy(letter, N))", contents: contents)
    }

    var others: Explanation.Section {
        let atOutput: Formula = configuration.output == .linear ? .y(N) : .a(N)
        var contents: [Explanation.Content] = [
            .remark(
                "A parameter that acts only once on the loss, such as \(.W_y), has a gradient of one term.")
        ]
        contents += comparison(
            .outputWeights, .W_y, gradient.outputWeights,
            as: [.sequence([.power(.s(N), "T"), .lossBy(atOutput, N)])])
        contents += comparison(.outputBias, .b_y, gradient.outputBias)
        contents += comparison(.stateBias, .b_s, gradient.stateBias)
        contents += comparison(.s(0), gradient.initialState, with: backpropagatedInitialState)
        return Explanation.Section(title: "The other gradients", contents: contents)
    }

    /// The sum of the terms and the result of backpropagation through time; empty for a parameter that the network
    /// does not have.
    private func comparison(
        _ name: ParameterName, _ letter: Formula, _ sum: Matrix<Double>, as expressions: [Formula] = []
    ) -> [Explanation.Content] {
        guard let backpropagated = backpropagated[name] else { return [] }
        return comparison(letter, sum, with: backpropagated, as: expressions)
    }

    private func comparison(
        _ letter: Formula, _ sum: Matrix<Double>, with backpropagated: Matrix<Double>,
        as expressions: [Formula] = []
    ) -> [Explanation.Content] {
        let name = Formula.lossBy(letter, N)
        let difference = backpropagated - sum
        let distance: Formula = .sequence([.word("BPTT"), .sign("−"), .word("sum")])
        return [
            equation(name, sum, as: expressions, label: "sum"),
            equation(name, backpropagated, label: "BPTT"),
            equation(distance, difference, differenceOf: name),
            .remark(Self.agreement(difference, of: backpropagated)),
        ]
    }

    var origin: Explanation.Section {
        let norm: Formula = .norm(.derivative(.s(N), by: .s_i))
        let bound: Formula = .power(.sequence([.γ, .σ_max]), "k")
        return Explanation.Section(
            title: "The origin of the gradient in time",
            contents: [
                .table(originTable),
                .remark(
                    "A share is the projection of a term on the sum of all terms, as a fraction of the sum; shares add up to 100 %. \(norm) is bounded by the product of \(.σ_max) and the largest slope of every step on this sequence and, from \(.W_s) alone, by \(bound) for \(.symbol("k", "")) steps back (Pascanu, Mikolov and Bengio 2013)."
                ),
            ])
    }
}
