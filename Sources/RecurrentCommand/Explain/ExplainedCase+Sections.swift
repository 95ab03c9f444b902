import RecurrentLinearAlgebra
import Recurrent

// The forward pass and the factors of the chain rule.
extension ExplainedCase {
    var explanation: Explanation {
        Explanation(
            title: "The gradient of \(.E(N)), term by term", facts: facts,
            sections: [
                weights, forward, factors, reach, terms(.stateWeights, .W_s), terms(.inputWeights, .W_x),
                others,
                origin,
            ], verdict: verdict, picture: picture, origin: originTable,
            spectrum: Explanation.Spectrum(spectrum))
    }

    /// label: name = expressions = value
    func equation(
        _ name: Formula, _ value: Matrix<Double>, as expressions: [Formula] = [], label: String = "",
        differenceOf: Formula? = nil
    ) -> Explanation.Content {
        .equation(
            Explanation.Equation(
                label: label, name: name, expressions: expressions, value: value.rowArrays,
                differenceOf: differenceOf))
    }

    private var weights: Explanation.Section {
        let named: [(ParameterName, Formula)] = [
            (.inputWeights, .W_x), (.stateWeights, .W_s), (.outputWeights, .W_y), (.stateBias, .b_s),
            (.outputBias, .b_y),
        ]
        let contents = named.compactMap { name, letter in
            network.parameters[name].map { equation(letter, $0) }
        }
        return Explanation.Section(title: "The weights", contents: contents)
    }

    private var forward: Explanation.Section {
        let activation = Self.activationName(configuration)
        var contents: [Explanation.Content] = [
            .remark(
                "In the forward pass, \(.symbol("s", "t")) = \(.function(activation, .symbol("z", "t"))) with \(preactivation), starting from \(.s(0)); only \(.y(N)) has a loss."
            ),
            equation(.s(0), pass.states.row(0)),
        ]
        for t in 1...N {
            contents.append(equation(.x(t), inputs.row(t - 1)))
            contents.append(equation(.s(t), pass.states.row(t)))
        }
        contents.append(equation(.y(N), pass.outputs.row(N - 1)))
        switch target {
        case .values(let values): contents.append(equation(.d(N), Matrix([values])))
        case .classIndex(let index): contents.append(.remark("The target \(.d(N)) is class \(index)."))
        }
        contents.append(equation(.E(N), [[gradient.loss]], as: [lossFormula]))
        return Explanation.Section(title: "The forward pass", contents: contents)
    }

    private var factors: Explanation.Section {
        let jacobian = Formula.derivative(.symbol("v", ""), by: .symbol("u", ""))
        let isLinear = configuration.output == .linear
        let throughOutput: Formula = isLinear ? .W_y : .sequence([.W_y, .derivative(.y(N), by: .a(N))])
        var contents: [Explanation.Content] = [
            .remark(
                "Vectors are rows: \(jacobian) has a row for each element of \(.symbol("u", "")) and a column for each of \(.symbol("v", ""))."
            ),
            equation(.lossBy(.y(N), N), gradient.lossByOutput),
            equation(.derivative(.y(N), by: .s(N)), gradient.outputByState, as: [throughOutput]),
        ]
        if !isLinear {
            contents.append(equation(.lossBy(.a(N), N), gradient.lossByActivation))
            contents.append(
                .remark(
                    "\(.a(N)) is the argument of the output function: \(.y(N)) = \(.function(configuration.output.rawValue, .a(N)))."
                ))
        }
        for k in (1...N).reversed() {
            let inLetters: Formula = .sequence([.W_s, .function("diag", .slope(k))])
            let inNumbers: Formula = .sequence([
                .W_s, .function("diag", .matrix(gradient.slopes[k - 1].rowArrays)),
            ])
            contents.append(
                equation(.jacobian(k, k - 1), gradient.stepJacobians[k - 1], as: [inLetters, inNumbers]))
        }
        return Explanation.Section(title: "The factors of the chain rule", contents: contents)
    }

    private var preactivation: Formula {
        var parts: [Formula] = [
            .symbol("z", "t"), .sign("="), .symbol("x", "t"), .W_x, .sign("+"), .symbol("s", "t−1"), .W_s,
        ]
        if configuration.layers[0].hasBias { parts += [.sign("+"), .b_s] }
        return .sequence(parts)
    }

    private var lossFormula: Formula {
        let square: Formula = .power(.norm(.sequence([.d(N), .sign("−"), .y(N)])), "2")
        return switch loss {
        case .squaredError: square
        case .halfSquaredError: .sequence([.word("½"), square])
        case .meanSquaredError: .sequence([square, .sign("/"), .number("\(configuration.outputWidth)")])
        case .crossEntropy:
            .sequence([.sign("−"), .word("log"), .symbol("y", "\(N),d")])
        case .binaryCrossEntropy:
            .sequence([
                .sign("−"), .word("Σ"), .d(N), .word("log"), .y(N), .sign("+"),
                .function("", .sequence([.number("1"), .sign("−"), .d(N)])), .word("log"),
                .function("", .sequence([.number("1"), .sign("−"), .y(N)])),
            ])
        default: .word(loss.rawValue)
        }
    }
}
