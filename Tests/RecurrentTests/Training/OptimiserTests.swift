import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

@Suite struct OptimiserTests {
    /// A rule as the fixture names it.
    struct Setting: CustomStringConvertible {
        let name: String
        let rule: OptimisationRule
        var weightDecay: Double?
        var description: String { name }

        func optimiser<S: Scalar>(in type: S.Type, clipping: Clipping = .none) -> Optimiser<S> {
            Optimiser(rule, learningRate: 0.05, weightDecay: weightDecay, clipping: clipping)
        }
    }

    static let settings = [
        Setting(name: "sgd", rule: .sgd()),
        Setting(name: "sgd decay", rule: .sgd(), weightDecay: 0.1),
        Setting(name: "momentum", rule: .sgd(momentum: 0.9)),
        Setting(name: "momentum decay", rule: .sgd(momentum: 0.9), weightDecay: 0.1),
        Setting(name: "nesterov", rule: .sgd(momentum: 0.8, nesterov: true)),
        Setting(name: "nesterov decay", rule: .sgd(momentum: 0.8, nesterov: true), weightDecay: 0.1),
        Setting(name: "adagrad", rule: .adagrad()),
        Setting(name: "adagrad decay", rule: .adagrad(epsilon: 1e-3), weightDecay: 0.1),
        Setting(name: "rmsprop", rule: .rmsProp()),
        Setting(name: "rmsprop decay", rule: .rmsProp(decay: 0.9, epsilon: 1e-3), weightDecay: 0.1),
        Setting(name: "rmsprop momentum", rule: .rmsProp(momentum: 0.9)),
        Setting(name: "rmsprop momentum decay", rule: .rmsProp(momentum: 0.9), weightDecay: 0.1),
        Setting(name: "adam", rule: .adam()),
        Setting(name: "adam decay", rule: .adam(beta1: 0.8, beta2: 0.95, epsilon: 1e-3), weightDecay: 0.1),
        Setting(name: "adamw", rule: .adamW()),
        Setting(name: "adamw decay", rule: .adamW(beta1: 0.8, beta2: 0.95), weightDecay: 0.1),
    ]

    /// A share of 1 is the gradient itself, also where the mean is so much larger that their difference loses it.
    @Test(arguments: [0, 0.25, 0.5, 0.75, 0.9])
    func adamsMeanIsThatOfTheFormula(beta1: Double) throws {
        func check<S: Scalar>(_ type: S.Type) throws {
            var optimiser = Optimiser<S>(.adam(beta1: beta1), learningRate: 0.01)
            var (parameters, expected) = (Parameters<S>([0, 0]), 0.0)
            for gradient in [1, 1e-9, -1e6, 1e-20, 3] {
                optimiser.update(&parameters, along: Parameters([gradient, gradient]))
                let terms = (beta1 * expected, (1 - beta1) * gradient)
                expected = terms.0 + terms.1
                let mean = try #require(optimiser.moments[.mean]).numbers[0]
                let rounding = 4 * Double(S.ulpOfOne) * (abs(terms.0) + abs(terms.1))
                #expect(abs(mean - expected) <= rounding, "\(gradient)")
            }
        }
        try check(Double.self)
        try check(Float.self)
    }

    @Test func everyRecordedRuleIsCompared() throws {
        #expect(try RecordedOptimisers.read().rules.map(\.name) == Self.settings.map(\.name))
    }

    @Test(arguments: settings)
    func fiftyStepsAreThoseOfPyTorch(setting: Setting) throws {
        #expect(try largestDeviation(setting, in: Double.self) <= Tolerance.optimiser)
        #expect(try largestDeviation(setting, in: Float.self) <= Tolerance.optimiserInFloat)
    }

    /// The worst element of any step, relative to the element or to where it began.
    private func largestDeviation<S: Scalar>(_ setting: Setting, in type: S.Type) throws -> Double {
        let recorded = try RecordedOptimisers.read()
        let run = try #require(recorded.rules.first { $0.name == setting.name })
        func deviation(_ numbers: [Double], _ expected: [Double]) -> Double {
            numbers.indices.map {
                abs(numbers[$0] - expected[$0]) / max(abs(expected[$0]), abs(recorded.start[$0]))
            }.max()!
        }
        var worst = 0.0
        var optimiser = setting.optimiser(in: type)
        var parameters = Parameters<S>(recorded.start)
        for (gradient, expected) in zip(recorded.gradients, run.path) {
            optimiser.update(&parameters, along: Parameters(gradient))
            worst = max(worst, deviation(parameters.numbers, expected))
        }
        #expect(run.path.count == 50 && optimiser.stepCount == 50)

        optimiser = setting.optimiser(in: type)
        parameters.set(recorded.start)
        for _ in run.path {
            let gradient = zip(recorded.curvatures, parameters.numbers).map { $0 * $1 }
            optimiser.update(&parameters, along: Parameters(gradient))
        }
        return max(worst, deviation(parameters.numbers, run.quadratic))
    }

    @Test(arguments: settings)
    func anElementsUpdateDoesNotDependOnItsPlace(setting: Setting) {
        expectPlacesDoNotMatter(setting, in: Double.self)
        expectPlacesDoNotMatter(setting, in: Float.self)
    }

    /// Elements of 17 kinds, over several chunks and a rest: those of a kind stay equal.
    private func expectPlacesDoNotMatter<S: Scalar>(_ setting: Setting, in type: S.Type) {
        let kinds = (0..<40_003).map { Double($0 % 17 - 8) / 3 }
        var optimiser = setting.optimiser(in: type)
        var parameters = Parameters<S>(kinds)
        let gradient = Parameters<S>(kinds.map { 1 / ($0 + 0.1) })
        for _ in 0..<3 { optimiser.update(&parameters, along: gradient) }
        let elements = parameters.elements
        #expect(elements.indices.allSatisfy { elements[$0] == elements[$0 % 17] })
        #expect(zip(elements, kinds).allSatisfy { $0 != S($1) })
    }

    @Test(arguments: settings)
    func trainingHasTheSameBitsOnAnyNumberOfWorkers(setting: Setting) throws {
        // More than eight chunks of parameters, so that updates are shared.
        let drawn = try Drawn<Float>(Problem(T: 2, B: 2, I: 60, H: 330, O: 20))
        func train(workers: Int) throws -> [UInt32] {
            var network = drawn.network
            let unfolding = Unfolding(for: network, workers: workers)
            var optimiser = setting.optimiser(in: Float.self, clipping: .norm(1))
            for _ in 0..<3 {
                _ = try optimiser.step(&network, in: unfolding, on: drawn.batch, drawn.objective)
            }
            #expect(network != drawn.network)
            return network.parameters.elements.map(\.bitPattern)
        }
        let alone = try train(workers: 1)
        #expect(alone.count > 8 * 16_384)
        for workers in [2, 3, 7] { #expect(try train(workers: workers) == alone, "\(workers) workers") }
    }

    /// A network whose gradient by each weight is −`size`, exactly.
    private func steep(_ size: Float) throws -> (
        RecurrentNetwork<Float>, SequenceBatch<Float>, Objective<Float>
    ) {
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 1, cell: .elman(.identity), stateBias: false,
            outputBias: false, recurrent: false)
        var parameters = Parameters<Float>(layout: ParameterLayout(configuration))
        parameters[.outputWeights] = [[1]]
        let batch = try SequenceBatch<Float>([[[size]]])
        let network = RecurrentNetwork(configuration, parameters: parameters)
        let objective = try Objective(
            .halfSquaredError, batch.targets(everyStep: [[[1]]]), on: batch, for: network)
        return (network, batch, objective)
    }

    @Test(arguments: settings)
    func squaresThatWouldOverflowAreRefused(setting: Setting) throws {
        var (network, batch, objective) = try steep(0.5)
        let unfolding = Unfolding(for: network)
        var optimiser = setting.optimiser(in: Float.self)
        _ = try optimiser.step(&network, in: unfolding, on: batch, objective)

        // 1e20 fits into Float, its square does not.
        var (huge, hugeBatch, hugeObjective) = try steep(1e20)
        let (before, moments) = (huge, optimiser.moments)
        if setting.rule.moments.contains(.square) {
            #expect(throws: TrainingError.updateNotFinite(loss: 0.5)) {
                try optimiser.step(&huge, in: unfolding, on: hugeBatch, hugeObjective)
            }
            #expect(huge == before && optimiser.moments == moments && optimiser.stepCount == 1)
        } else {
            _ = try optimiser.step(&huge, in: unfolding, on: hugeBatch, hugeObjective)
            #expect(huge.parameters.isFinite && optimiser.stepCount == 2)
        }
        // Clipping comes first.
        var clipped = setting.optimiser(in: Float.self, clipping: .norm(1))
        huge = before
        _ = try clipped.step(&huge, in: unfolding, on: hugeBatch, hugeObjective)
        #expect(huge.parameters.isFinite && clipped.moments.values.allSatisfy(\.isFinite))
    }

    @Test func whatElseWouldOverflowIsRefused() throws {
        let (network, batch, objective) = try steep(0.5)
        let unfolding = Unfolding(for: network)
        let moment = Parameters<Float>(network.parameters.elements.map { Double($0) * 3e38 })
        func expectRefusal(_ optimiser: Optimiser<Float>) throws {
            var (optimiser, trained) = (optimiser, network)
            let moments = optimiser.moments
            #expect(throws: TrainingError.updateNotFinite(loss: 0.5), "\(optimiser.rule)") {
                try optimiser.step(&trained, in: unfolding, on: batch, objective)
            }
            #expect(trained == network && optimiser.moments == moments)
        }
        for rule in [OptimisationRule.adagrad(), .rmsProp(), .rmsProp(momentum: 0.5), .adam(), .adamW()] {
            try expectRefusal(Optimiser(rule, learningRate: 3e38))
        }
        try expectRefusal(Optimiser(.sgd(), learningRate: 1, weightDecay: 3e38))
        try expectRefusal(Optimiser(.adam(), learningRate: 1, weightDecay: 1e20))
        try expectRefusal(Optimiser(.adamW(), learningRate: 1e20, weightDecay: 3e38))
        for (rule, name) in [
            (OptimisationRule.sgd(momentum: 0.9), Moment.momentum), (.adagrad(), .square),
            (.rmsProp(momentum: 0.9), .momentum), (.adam(), .mean),
        ] {
            var optimiser = Optimiser<Float>(rule, learningRate: 1)
            var moments: [Moment: Parameters<Float>] = [:]
            for name in rule.moments { moments[name] = Parameters(layout: moment.layout) }
            moments[name] = moment
            try optimiser.restore(moments: moments, stepCount: 1, layout: moment.layout)
            try expectRefusal(optimiser)
        }
    }

    @Test(arguments: settings)
    func aRestoredOptimiserGoesOnWithTheSameBits(setting: Setting) throws {
        let recorded = try RecordedOptimisers.read()
        var optimiser = setting.optimiser(in: Double.self)
        var parameters = Parameters<Double>(recorded.start)
        let layout = parameters.layout
        #expect(optimiser.moments.isEmpty)
        for gradient in recorded.gradients[..<5] {
            optimiser.update(&parameters, along: Parameters(gradient))
        }
        #expect(Set(optimiser.moments.keys) == Set(setting.rule.moments))

        var (restored, copy) = (setting.optimiser(in: Double.self), parameters)
        try restored.restore(moments: optimiser.moments, stepCount: optimiser.stepCount, layout: layout)
        for gradient in recorded.gradients[5...] {
            optimiser.update(&parameters, along: Parameters(gradient))
            restored.update(&copy, along: Parameters(gradient))
        }
        #expect(copy == parameters && restored.moments == optimiser.moments && restored.stepCount == 50)
        try restored.restore(moments: [:], stepCount: 0, layout: layout)
        #expect(restored.moments.isEmpty && restored.stepCount == 0)
    }

    @Test func momentsThatDoNotBelongAreRefused() throws {
        var optimiser = Optimiser<Double>(.adam(), learningRate: 1)
        let good = Parameters<Double>([1, 2, 3])
        let layout = good.layout
        func error(_ moments: [Moment: Parameters<Double>], _ count: Int = 3) throws -> OptimiserError {
            try #require(throws: OptimiserError.self) {
                try optimiser.restore(moments: moments, stepCount: count, layout: layout)
            }
        }
        #expect(try error([:], -1) == .stepCountNegative(-1))
        #expect(try error([.mean: good]) == .momentMissing(.square))
        #expect(try error([.mean: good, .square: good, .momentum: good]) == .momentNotOfRule(.momentum))
        #expect(try error([.mean: good, .square: good], 0).description.contains("does not belong"))
        #expect(try error([.mean: good, .square: Parameters([1, 2])]) == .layoutDiffers(.square))
        #expect(try error([.mean: Parameters([1, .nan, 2]), .square: good]) == .valuesImpossible(.mean))
        #expect(try error([.mean: good, .square: Parameters([1, -1, 2])]) == .valuesImpossible(.square))
        #expect(optimiser.moments.isEmpty && optimiser.stepCount == 0)
        try optimiser.restore(
            moments: [.mean: Parameters([-1, 0, 2]), .square: good], stepCount: 3, layout: layout)
        #expect(optimiser.moments[.mean]?.elements == [-1, 0, 2] && optimiser.stepCount == 3)
    }

    @Test func copiesGoOnIndependently() {
        var first = Optimiser<Double>(.sgd(momentum: 0.5), learningRate: 0.5)
        var parameters = Parameters<Double>([1, 1])
        first.update(&parameters, along: Parameters([4, 8]))
        var second = first
        var (a, b) = (parameters, parameters)
        first.update(&a, along: Parameters([0, 0]))
        second.learningRate = 1
        second.update(&b, along: Parameters([2, 2]))
        #expect(parameters.elements == [-1, -3])
        #expect(a.elements == [-2, -5] && first.moments[.momentum]?.elements == [2, 4])
        #expect(b.elements == [-5, -9] && second.moments[.momentum]?.elements == [4, 6])
    }

    @Test func settingsOutOfRangeAreToldApart() {
        typealias Settings = Optimiser<Float>
        #expect(Settings.problem(.adamW(), learningRate: 0.1, weightDecay: 0, clipping: .norm(1)) == nil)
        func expect(_ words: String, _ problem: String?) {
            #expect(problem?.contains(words) == true, "\(problem ?? "no problem")")
        }
        expect("learning rate of 0.0", Settings.problem(learningRate: 0))
        expect("learning rate of 1e-60", Settings.problem(learningRate: 1e-60))
        expect("learning rate of inf", Settings.problem(learningRate: .infinity))
        expect("weight decay of -1.0", Settings.problem(learningRate: 1, weightDecay: -1))
        expect("weight decay of nan", Settings.problem(learningRate: 1, weightDecay: .nan))
        expect("Nesterov", Settings.problem(.sgd(nesterov: true), learningRate: 1))
        expect("momentum of -0.1", Settings.problem(.sgd(momentum: -0.1), learningRate: 1))
        expect("epsilon of 0.0", Settings.problem(.adagrad(epsilon: 0), learningRate: 1))
        expect("epsilon of 1e-60", Settings.problem(.adam(epsilon: 1e-60), learningRate: 1))
        expect("decay of 1.0", Settings.problem(.rmsProp(decay: 1), learningRate: 1))
        expect("momentum of 1.0", Settings.problem(.rmsProp(momentum: 1), learningRate: 1))
        expect("beta1 of nan", Settings.problem(.adam(beta1: .nan), learningRate: 1))
        // 1 in Float.
        expect("beta2 of 0.9999999999", Settings.problem(.adamW(beta2: 0.9999999999), learningRate: 1))
        expect("threshold of 0.0", Settings.problem(learningRate: 1, clipping: .value(0)))
    }
}
