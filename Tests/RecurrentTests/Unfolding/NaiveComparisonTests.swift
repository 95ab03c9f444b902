import RecurrentLinearAlgebra
import NaiveReference
import Recurrent
import SampleProblems
import Testing

/// The engine against scalar loops, over all combinations of its features.
@Suite struct NaiveComparisonTests {
    @Test(arguments: Activation.allCases, Problem.tasks)
    func everyCombinationMatchesTheNaiveReference(
        activation: Activation, task: (output: OutputFunction, loss: Loss)
    ) throws {
        let placements: [LossPlacement] = [.every, .last, .weighted]
        var seed: UInt64 = 0
        for (stateBias, outputBias) in [(true, true), (true, false), (false, true), (false, false)] {
            for T in [1, 2, 3, 17] {
                for B in [1, 2, 3, 17] {
                    for ragged in [false, true] {
                        seed += 1
                        let problem = Problem(
                            activation: activation, output: task.output, loss: task.loss,
                            stateBias: stateBias, outputBias: outputBias,
                            T: T, B: B, ragged: ragged,
                            // Weights drawn here may leave a single short sequence without a loss.
                            steps: T == 17 && B > 1 ? placements[Int(seed) % 3] : placements[Int(seed) % 2],
                            reduction: Reduction.allCases[Int(seed / 3) % 3])
                        try Self.compare(Double.self, problem, seed, tolerance: Tolerance.naive)
                        if T == 3 {
                            try Self.compare(Float.self, problem, seed, tolerance: Tolerance.naiveInFloat)
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: Problem.list)
    func oddWidthsMatchTheNaiveReference(problem: Problem) throws {
        for (I, H, O) in [(1, 1, 1), (1, 7, 3), (9, 8, 1), (13, 17, 11)] {
            var problem = problem
            (problem.I, problem.H, problem.O) = (I, H, O)
            try Self.compare(Double.self, problem, 3, tolerance: Tolerance.naive)
        }
    }

    /// In Float absolute errors and quantiles are left out: their slope may jump between two roundings of y.
    @Test(arguments: Problem.losses)
    func everyLossMatchesTheNaiveReference(problem: Problem) throws {
        for (T, B) in [(problem.T, problem.B), (1, 1), (17, 19)] {
            var problem = problem
            (problem.T, problem.B) = (T, B)
            if T == 1 { (problem.steps, problem.readOut) = (.every, .everyStep) }
            try Self.compare(Double.self, problem, 4, tolerance: Tolerance.naive)
        }
        switch problem.loss {
        case .absoluteError, .quantile: return
        default: try Self.compare(Float.self, problem, 4, tolerance: Tolerance.naiveInFloat)
        }
    }

    @Test(arguments: Problem.gatedCells)
    func everyGatedCellMatchesTheNaiveReference(cell: RecurrentCell) throws {
        for stateBias in [true, false] {
            for T in [1, 2, 3, 17] {
                for B in [1, 2, 3, 17] {
                    for ragged in [false, true] {
                        let problem = Problem(cell: cell, stateBias: stateBias, T: T, B: B, ragged: ragged)
                        try Self.compare(Double.self, problem, 2, tolerance: Tolerance.naive)
                    }
                }
            }
        }
    }

    /// Chunks of one block that workers share, several blocks, shards.
    @Test(arguments: Problem.gatedCells, [(T: 150, B: 1), (T: 40, B: 19), (T: 9, B: 130)])
    func gatedCellsMatchTheNaiveReferenceHoweverABatchIsDivided(
        cell: RecurrentCell, size: (T: Int, B: Int)
    ) throws {
        let problem = Problem(
            cell: cell, layers: 2, learnsInitialState: true, T: size.T, B: size.B, ragged: true,
            I: 7, H: 19, O: 6)
        try Self.compare(Double.self, problem, 8, tolerance: Tolerance.naive)
    }

    @Test(arguments: Problem.deep + Problem.gated)
    func deepNetworksMatchTheNaiveReferenceInFloatToo(problem: Problem) throws {
        try Self.compare(Float.self, problem, 4, tolerance: Tolerance.naiveInFloat)
        var problem = problem
        (problem.T, problem.B) = (17, 19)
        try Self.compare(Double.self, problem, 5, tolerance: Tolerance.naive)
    }

    /// Inputs so wide that the way back is cut into several segments, while all states are kept.
    @Test(arguments: Problem.gatedCells, [Directions.forward, .bidirectional])
    func gatedCellsThatAreTakenBackInPartsMatchTheNaiveReference(
        cell: RecurrentCell, directions: Directions
    ) throws {
        var problem = Problem(
            cell: cell, layers: 2, directions: directions, stateDropout: 0.3, learnsInitialState: true,
            T: 20, B: 9, ragged: true, I: 6000, H: 3)
        problem.inputScale = 0.05
        try Self.compare(Double.self, problem, 6, tolerance: Tolerance.naive)
    }

    @Test(arguments: Problem.list)
    func clippingInEveryStepMatchesTheNaiveReference(problem: Problem) throws {
        var problem = problem
        problem.stepLimit = 0.002
        try Self.compare(Double.self, problem, 9, tolerance: Tolerance.naive)
    }

    /// Wide inputs, so that few steps are taken back at a time: here three times seven. They would saturate tanh.
    @Test(arguments: [
        Problem(
            activation: .relu, layers: 2, directions: .bidirectional, stateDropout: 0.3, ragged: true),
        Problem(activation: .relu, directions: .bidirectional, learnsInitialState: true, ragged: true),
        Problem(activation: .relu, directions: .bidirectionalSum, readOut: .lastStep, ragged: true),
    ])
    func networksThatReadBothWaysAndAreTakenBackInPartsMatchTheNaiveReference(problem: Problem) throws {
        var problem = problem
        (problem.T, problem.B, problem.I, problem.H) = (20, 9, 6000, 3)
        try Self.compare(Double.self, problem, 6, tolerance: Tolerance.naive)
    }

    /// Two blocks, one of which ends before the last segment of the way back; its s_0 has a term of ∂E/∂W_s all the same.
    @Test(arguments: [false, true])
    func aBlockThatEndsEarlyHasTheTermOfItsInitialState(learnsInitialState: Bool) throws {
        let problem = Problem(
            activation: .relu, directions: .bidirectional, learnsInitialState: learnsInitialState, T: 20,
            B: 4,
            ragged: true, I: 24_000, H: 3)
        try Self.compare(Double.self, problem, 7, tolerance: Tolerance.naive)
    }

    static func compare<S: Scalar>(
        _ type: S.Type, _ problem: Problem, _ seed: UInt64, tolerance: Double
    ) throws {
        let drawn = try Drawn<S>(problem, seed: seed)
        let naive = drawn.naive.run(drawn.sequences, drawn.naiveLoss)
        let unfolding = Unfolding(for: drawn.network)
        let E = try drawn.lossAndGradient(in: unfolding)
        #expect(unfolding.clippedSteps == (problem.stepLimit != nil), "clipped, \(problem)")
        #expect(abs(E - naive.E) <= tolerance * max(abs(naive.E), 1e-3), "E, \(problem)")
        func expect(_ name: String, _ ours: Matrix<S>?, _ theirs: [[Double]]?) {
            guard let ours, let theirs else { return }
            #expect(deviation(ours, Matrix(theirs)) <= tolerance, "\(name), \(problem), seed \(seed)")
        }
        expectGradients(of: drawn, unfolding.gradient, naive, expect)

        let states = unfolding.initialStateGradient
        let s0 = (0..<problem.B).map { b in naive.cells.joined().flatMap { $0.s0[b] + $0.c0[b] } }
        expect("s_0", states, s0)
        guard problem.dropoutSeed == nil else { return }
        try comparePass(drawn, naive, unfolding.inputGradient, expect)
        let loss = try unfolding.loss(
            of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState)
        #expect(abs(loss - naive.E) <= tolerance * max(abs(naive.E), 1e-3), "loss, \(problem)")
    }

    /// States, outputs, and the gradient by the inputs; padding contributes exactly zero.
    private static func comparePass<S: Scalar>(
        _ drawn: Drawn<S>, _ naive: NaiveResult, _ inputGradient: Matrix<S>?,
        _ expect: (String, Matrix<S>?, [[Double]]?) -> Void
    ) throws {
        let (T, B) = (drawn.batch.steps, drawn.batch.sequences)
        let pass = try drawn.network.forward(drawn.batch, from: drawn.initialState)
        let zeros = [Double](repeating: 0, count: drawn.batch.width)
        let lengths = drawn.batch.lengths
        let (s, c) = (Array(naive.s.joined()), Array(naive.c.joined()))
        func outputs(_ t: Int) -> [[Double]] { (0..<B).map { naive.y[$0][min(t, lengths[$0] - 1)] } }
        /// The state of a cell after a step, counted from 0.
        func state(_ cell: Int, _ b: Int, _ step: Int) -> [Double] { s[cell][b][step] + c[cell][b][step] }
        func initialState(_ b: Int) -> [Double] {
            zip(drawn.sequences[b].s0.joined(), drawn.sequences[b].c0.joined()).flatMap { $0 + $1 }
        }
        func states(_ t: Int) -> [[Double]] {
            (0..<B).map { b in
                t == 0 ? initialState(b) : s.indices.flatMap { state($0, b, min(t, lengths[b]) - 1) }
            }
        }
        expect("s", pass.states, (0...T).flatMap(states))
        if drawn.network.configuration.isPooled {
            expect("y", pass.outputs, naive.y.map { $0[0] })
        } else {
            expect("y", pass.outputs, (0..<T).flatMap(outputs))
        }
        func finalState(_ b: Int) -> [Double] {
            drawn.naive.layers.joined().enumerated().flatMap { number, cell in
                state(number, b, cell.isReverse ? 0 : lengths[b] - 1)
            }
        }
        expect("final state", pass.finalState, (0..<B).map(finalState))
        guard let inputGradient else { return }
        let x = (0..<T).flatMap { t in (0..<B).map { t < lengths[$0] ? naive.x[$0][t] : zeros } }
        expect("x", inputGradient, x)
        for row in 0..<T * B where row / B >= lengths[row % B] {
            #expect(inputGradient.row(row).elements.allSatisfy { $0 == 0 }, "padding")
        }
    }
}

/// Holds every part of a gradient against the naive one.
func expectGradients<S: Scalar>(
    of drawn: Drawn<S>, _ gradient: Parameters<S>, _ naive: NaiveResult,
    _ expect: (String, Matrix<S>?, [[Double]]?) -> Void
) {
    expect("W_y", gradient[.outputWeights], naive.Wy)
    expect("b_y", gradient[.outputBias], [naive.by])
    expect("W_e", gradient[.embedding], naive.embedding)
    func sum(_ rows: [[Double]]) -> [Double] {
        rows[0].indices.map { h in rows.reduce(0) { $0 + $1[h] } }
    }
    for place in NaiveNetwork.cells(of: drawn.network).joined() {
        let (layer, reverse) = (place.layer, place.isReverse)
        let cell = naive.cells[layer][reverse ? 1 : 0]
        expect("W_x \(layer)", gradient[.inputWeights(layer: layer, reverse: reverse)], cell.Wx)
        expect("W_s \(layer)", gradient[.stateWeights(layer: layer, reverse: reverse)], cell.Ws)
        expect("b_s \(layer)", gradient[.stateBias(layer: layer, reverse: reverse)], [cell.bs])
        expect("b_n \(layer)", gradient[.candidateBias(layer: layer, reverse: reverse)], [cell.bn])
        expect("s_0 \(layer)", gradient[.initialState(layer: layer, reverse: reverse)], [sum(cell.s0)])
        expect(
            "c_0 \(layer)", gradient[.initialCellState(layer: layer, reverse: reverse)], [sum(cell.c0)])
    }
}
