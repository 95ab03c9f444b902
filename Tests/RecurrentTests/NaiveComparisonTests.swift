import LinearAlgebra
import NaiveReference
import Recurrent
import Testing

/// The engine against scalar loops, over all combinations of its features.
@Suite struct NaiveComparisonTests {
    @Test(arguments: Activation.allCases, Model.tasks)
    func everyCombinationMatchesTheNaiveReference(
        activation: Activation, task: (output: OutputFunction, loss: Loss)
    ) throws {
        let placements = ["every", "last", "weighted"]
        var seed: UInt64 = 0
        for (stateBias, outputBias) in [(true, true), (true, false), (false, true), (false, false)] {
            for T in [1, 2, 3, 17] {
                for B in [1, 2, 3, 17] {
                    for ragged in [false, true] {
                        seed += 1
                        let model = Model(
                            activation: activation, output: task.output, loss: task.loss,
                            stateBias: stateBias, outputBias: outputBias,
                            T: T, B: B, ragged: ragged,
                            // Weights drawn here may leave a single short sequence without a loss.
                            steps: T == 17 && B > 1 ? placements[Int(seed) % 3] : placements[Int(seed) % 2],
                            reduction: Reduction.allCases[Int(seed / 3) % 3])
                        try compare(Double.self, model, seed, tolerance: Tolerance.naive)
                        if T == 3 { try compare(Float.self, model, seed, tolerance: Tolerance.naiveInFloat) }
                    }
                }
            }
        }
    }

    @Test(arguments: Model.list)
    func oddWidthsMatchTheNaiveReference(model: Model) throws {
        for (I, H, O) in [(1, 1, 1), (1, 7, 3), (9, 8, 1), (13, 17, 11)] {
            var model = model
            (model.I, model.H, model.O) = (I, H, O)
            try compare(Double.self, model, 3, tolerance: Tolerance.naive)
        }
    }

    private func compare<S: Scalar>(
        _ type: S.Type, _ model: Model, _ seed: UInt64, tolerance: Double
    ) throws {
        let drawn = try Drawn<S>(model, seed: seed)
        let naive = drawn.naive.run(drawn.sequences, drawn.naiveLoss)
        let unfolding = Unfolding<S>(model.configuration)
        let E = try unfolding.lossAndGradient(
            of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState,
            inputGradient: true)
        #expect(abs(E - naive.E) <= tolerance * max(abs(naive.E), 1e-3), "E, \(model)")

        func expect(_ name: String, _ ours: Matrix<S>?, _ theirs: [[Double]]) {
            guard let ours else { return }
            #expect(deviation(ours, Matrix(theirs)) <= tolerance, "\(name), \(model), seed \(seed)")
        }
        expect("W_x", unfolding.gradient[.inputWeights], naive.Wx)
        expect("W_s", unfolding.gradient[.stateWeights], naive.Ws)
        expect("W_y", unfolding.gradient[.outputWeights], naive.Wy)
        expect("b_s", unfolding.gradient[.stateBias], [naive.bs])
        expect("b_y", unfolding.gradient[.outputBias], [naive.by])
        expect("s_0", unfolding.initialStateGradient, naive.s0)

        // Padding contributes exactly zero, and valid steps agree.
        let inputGradient = try #require(unfolding.inputGradient)
        let pass = try drawn.network.forward(drawn.batch, from: drawn.initialState)
        let zeros = [Double](repeating: 0, count: model.I)
        var (x, y, s) = ([[Double]](), [[Double]](), drawn.sequences.map(\.s0))
        var ours = [[Double]]()
        for t in 0..<drawn.batch.steps {
            for b in 0..<model.B {
                let isValid = t < drawn.batch.lengths[b]
                x.append(isValid ? naive.x[b][t] : zeros)
                s.append(naive.s[b][min(t, drawn.batch.lengths[b] - 1)])
                if isValid {
                    y.append(naive.y[b][t])
                    ours.append(pass.output(step: t + 1, sequence: b).map { Double($0) })
                } else {
                    let row = inputGradient.row(t * model.B + b)
                    #expect(row.elements.allSatisfy { $0 == 0 }, "padding, \(model)")
                }
            }
        }
        expect("x", inputGradient, x)
        expect("s", pass.states, s)
        #expect(deviation(Matrix(ours), Matrix(y)) <= tolerance, "y, \(model)")
        #expect(pass.finalState.rowArrays == Array(pass.states.rowArrays.suffix(model.B)))
    }
}
