import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

@Suite struct GradientCheckTests {
    /// Gated cells have several times the parameters, so theirs are narrower.
    @Test(arguments: Problem.elman + Problem.losses + Problem.gated.map { $0.narrowed() })
    func gradientsAgreeWithCentralDifferences(problem: Problem) throws {
        let drawn = try Drawn<Double>(problem)
        let check = try GradientCheck(
            of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState,
            dropoutSeed: drawn.dropoutSeed)
        #expect(check.worst.relative <= GradientCheck.tolerance, "\(check.worst)")
        let names =
            drawn.network.parameters.layout.parts.map(\.name.description)
            + (problem.learnsInitialState ? [] : ["s_0"]) + (drawn.batch.isTokens ? [] : ["x"])
        #expect(check.deviations.map(\.name) == names)
    }

    /// Layers of different widths, functions and directions on each other, in any order.
    @Test(arguments: [ReadOut.everyStep, .lastStep, .meanOverSteps])
    func gradientsOfMixedStacksAgreeWithCentralDifferences(readOut: ReadOut) throws {
        let layers = [
            RecurrentLayer(.elman(.sigmoid), stateWidth: 4, directions: .bidirectional),
            RecurrentLayer(stateWidth: 5),
            RecurrentLayer(stateWidth: 3, directions: .bidirectionalSum, bias: false),
            RecurrentLayer(.elman(.identity), stateWidth: 2, recurrent: false),
        ]
        for layers in [layers, layers.reversed()] {
            let configuration = NetworkConfiguration(
                inputWidth: 2, layers: layers, outputWidth: 2, readOut: readOut, dropout: 0.3,
                stateDropout: 0.2, learnsInitialState: true)
            var generator = RandomGenerator(seed: 6)
            let network = RecurrentNetwork<Double>(configuration, using: &generator)
            let x = [3, 6, 1].map { length in
                (0..<length).map { _ in [generator.uniform(within: 1), generator.uniform(within: 1)] }
            }
            let batch = try SequenceBatch(x)
            let targets =
                try configuration.isPooled
                ? batch.targets(perSequence: x.map { $0[0] }) : batch.targets(everyStep: x)
            let objective = try Objective(.squaredError, targets, on: batch, for: network)
            let check = try GradientCheck(of: network, on: batch, objective, dropoutSeed: 3)
            #expect(check.worst.relative <= GradientCheck.tolerance, "\(check.worst)")
        }
    }

    @Test func aGradientThatIsNotFiniteIsTheWorst() throws {
        var drawn = try Drawn<Double>(Problem(activation: .identity)).network
        drawn.parameters[.stateWeights] = Matrix(rows: 5, columns: 5) { _, _ in 1e200 }
        let task = try Drawn<Double>(Problem(activation: .identity))
        let check = try GradientCheck(of: drawn, on: task.batch, task.objective)
        #expect(check.worst.relative == .infinity)
    }

    /// Any features, before training, during training and at a minimum, where the gradient is little but rounding.
    @Test(arguments: 0..<12)
    func rightGradientsOfRandomNetworksStayWithinTheBound(seed: UInt64) throws {
        let drawn = try Drawn<Double>(.random(seed: seed), seed: seed)
        var network = drawn.network
        for iterations in [0, 20, 200] {
            var optimiser = LBFGS<Double>()
            _ = try optimiser.step(
                &network, in: Unfolding(for: network, workers: 1), on: drawn.batch, drawn.objective,
                from: drawn.initialState, iterations: iterations)
            let check = try GradientCheck(
                of: network, on: drawn.batch, drawn.objective, from: drawn.initialState)
            #expect(check.worst.relative <= GradientCheck.tolerance, "\(check.worst)")
        }
    }

    /// Every element above a millionth of the largest is damaged in four ways.
    @Test(arguments: 0..<12)
    func aSingleWrongElementIsFound(seed: UInt64) throws {
        let drawn = try Drawn<Double>(.random(seed: seed), seed: seed)
        let check = try GradientCheck(
            of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState)
        let largest = check.gradients.map { $0.fromBackpropagation.largestMagnitude }.max() ?? 0
        var damages = 0
        for gradient in check.gradients {
            let exact = gradient.fromBackpropagation
            for (row, column) in (0..<exact.rows).flatMap({ row in (0..<exact.columns).map { (row, $0) } })
            where abs(exact[row, column]) > 1e-6 * largest {
                for factor in [-1, 0, 1.001, 2] {
                    var damaged = gradient
                    damaged.fromBackpropagation[row, column] *= factor
                    #expect(
                        damaged.worst.relative > GradientCheck.tolerance,
                        "\(factor): \(gradient.deviation(row, column))")
                    damages += 1
                }
            }
        }
        #expect(damages >= 8 || largest == 0)
    }

    @Test func realTimeRecurrentLearningAgreesWithBackpropagation() throws {
        for problem in Problem.elman where problem.dropoutSeed == nil && problem.directions == .forward {
            let drawn = try Drawn<Double>(problem)
            let check = try GradientCheck(
                of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState)
            for gradient in check.gradients where gradient.name != "x" {
                let other = try #require(gradient.fromRealTimeRecurrence?.values)
                #expect(
                    deviation(gradient.fromBackpropagation, other) <= Tolerance.naive,
                    "\(problem) \(gradient.name)")
            }
        }
    }

    /// The differences are right, and the wrong number is that of real-time recurrent learning's gradient.
    @Test func anElementThatOnlyOneOtherComputationDeniesIsFound() throws {
        let drawn = try Drawn<Double>(Problem())
        let check = try GradientCheck(
            of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState)
        let gradient = check.gradients[0]
        let other = try #require(gradient.fromRealTimeRecurrence)
        var damaged = gradient
        damaged.fromRealTimeRecurrence?.values = other.values + other.values
        #expect(damaged.worst.relative > 0.1)
    }

    @Test func networksOfOtherKindsAreCheckedByDifferencesAlone() throws {
        for problem in [
            Problem(cell: .lstm), Problem(directions: .bidirectional), Problem(layers: 2, dropout: 0.4),
            Problem(T: 1, B: 1, H: 65),
        ] {
            let drawn = try Drawn<Double>(problem)
            let check = try GradientCheck(
                of: drawn.network, on: drawn.batch, drawn.objective, from: drawn.initialState,
                dropoutSeed: drawn.dropoutSeed)
            #expect(check.worst.fromRealTimeRecurrence == nil)
            #expect(check.worst.relative <= GradientCheck.tolerance)
        }
    }

    @Test func atAKinkTheDifferencesAreAsUncertainAsTheJumpOfTheSlope() throws {
        // ReLU at exactly 0: the engine's derivative there is 0, the slopes on both sides are 0 and −2.
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 1, cell: .elman(.relu))
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        parameters[.inputWeights] = Matrix([[1]])
        parameters[.outputWeights] = Matrix([[1]])
        let network = RecurrentNetwork(configuration, parameters: parameters)
        let batch = try SequenceBatch<Double>([[[0]]])
        let targets = try batch.targets(everyStep: [[[1.0]]])
        let objective = try Objective(.squaredError, targets, on: batch, for: network)
        let check = try GradientCheck(of: network, on: batch, objective)
        #expect(check.worst.relative <= GradientCheck.tolerance)
        let byInput = check.deviations.first { $0.name == "x" }
        #expect(try #require(byInput).uncertainty >= 2)
    }
}

extension Problem {
    fileprivate func narrowed() -> Problem {
        var narrow = self
        (narrow.I, narrow.H, narrow.B) = (min(I, 4), 3, min(B, 3))
        return narrow
    }
}
