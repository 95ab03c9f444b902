import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import TestSupport
import Testing

/// Losses that the caller has written.
@Suite struct OwnLossTests {
    /// ½‖d − y‖², from targets that the closure finds by sequence and step.
    private func halfSquare(_ d: [[[Double]]]) -> OwnLoss<Double> {
        OwnLoss("halfSquare") { row in
            let target = d[row.sequence][row.step]
            var loss = 0.0
            for o in target.indices {
                row.gradient[o] = row.outputs[o] - target[o]
                loss += 0.5 * row.gradient[o] * row.gradient[o]
            }
            return loss
        }
    }

    static let networks = [
        Problem(T: 9, B: 5, ragged: true), Problem(output: .softmax, T: 6, B: 5, ragged: true),
        Problem(output: .sigmoid, directions: .bidirectional, T: 6, B: 5, ragged: true),
        Problem(readOut: .lastStep, T: 6, B: 5, ragged: true),
        Problem(cell: .lstm, layers: 2, readOut: .meanOverSteps, T: 6, B: 19, ragged: true),
        Problem(T: 150, B: 1, I: 20, H: 40), Problem(T: 9, B: 130, ragged: true),
    ]

    /// A row for each output of each sequence.
    private func targets(_ problem: Problem, _ batch: SequenceBatch<Double>) -> [[[Double]]] {
        var generator = RandomGenerator(seed: 7)
        let isPooled = problem.configuration.isPooled
        return batch.lengths.map { length in
            (0..<length).map { step in
                if isPooled && step + 1 < length { return [] }
                return (0..<problem.O).map { _ in generator.uniform(within: 1) }
            }
        }
    }

    @Test(arguments: networks)
    func aLossByRowsIsTheOneThatTheEngineHas(problem: Problem) throws {
        let drawn = try Drawn<Double>(problem)
        let (network, batch) = (drawn.network, drawn.batch)
        let d = targets(problem, batch)
        let isPooled = problem.configuration.isPooled
        let weights = Matrix<Double>(rows: isPooled ? 1 : problem.T, columns: problem.B) { t, b in
            Double((t + b) % 3)
        }
        let own = try Objective(
            halfSquare(d), on: batch, for: network, weights: weights, reduction: .meanOverSteps)
        let built = try Objective(
            .halfSquaredError,
            isPooled ? batch.targets(perSequence: d.map { $0[$0.count - 1] }) : batch.targets(everyStep: d),
            on: batch, for: network, weights: weights, reduction: .meanOverSteps)
        let unfolding = Unfolding(for: network)
        let E = try unfolding.lossAndGradient(of: network, on: batch, built, inputGradient: true)
        let (gradient, byInputs) = (unfolding.gradient, try #require(unfolding.inputGradient))
        for workers in [1, 2, 3, 7] {
            let unfolding = Unfolding(for: network, workers: workers)
            let loss = try unfolding.lossAndGradient(of: network, on: batch, own, inputGradient: true)
            #expect(abs(loss - E) <= Tolerance.naive * E)
            for part in gradient.layout.parts {
                #expect(
                    deviation(unfolding.gradient[part.name]!, gradient[part.name]!) <= Tolerance.naive,
                    "\(part.name), \(workers) workers")
            }
            #expect(deviation(unfolding.inputGradient!, byInputs) <= Tolerance.naive)
            #expect(abs(try unfolding.loss(of: network, on: batch, own) - E) <= Tolerance.naive * E)
        }
    }

    @Test(arguments: [OwnLoss<Double>.Argument.outputs, .activations])
    func gradientsOfAnOwnLossAgreeWithCentralDifferences(argument: OwnLoss<Double>.Argument) throws {
        // A loss that couples the outputs of a step: log Σ e^(y c) with its targets as c.
        let loss = OwnLoss<Double>("coupled", of: argument) { row in
            let c = (0..<row.targets.count).map { row.targets[$0] }
            let powers = c.indices.map { exp(row.outputs[$0] * c[$0]) }
            let sum = powers.reduce(0, +)
            for o in c.indices { row.gradient[o] = c[o] * powers[o] / sum }
            return log(sum)
        }
        for output in OutputFunction.allCases {
            for steps in [LossSteps.every, .last, .afterBurnIn(1)] {
                let drawn = try Drawn<Double>(Problem(output: output, T: 6, ragged: true, O: 3))
                let targets = try drawn.batch.targets(
                    everyStep: drawn.sequences.map { $0.x.map { Array($0.prefix(3)) } })
                let objective = try Objective(loss, targets, on: drawn.batch, for: drawn.network, at: steps)
                let check = try GradientCheck(of: drawn.network, on: drawn.batch, objective)
                #expect(check.worst.relative <= GradientCheck.tolerance, "\(check.worst), \(output)")
            }
        }
    }

    @Test func classesAreGivenToTheLoss() throws {
        let drawn = try Drawn<Double>(
            Problem(output: .softmax, loss: .crossEntropy, T: 7, B: 4, ragged: true, O: 3))
        let loss = OwnLoss<Double>("entropy") { row in
            row.gradient[row.targetClass] = -1 / row.outputs[row.targetClass]
            return -log(row.outputs[row.targetClass])
        }
        var generator = RandomGenerator(seed: 1)
        let classes = drawn.batch.lengths.map { (0..<$0).map { _ in generator.index(below: 3) } }
        let targets = try drawn.batch.targets(everyStep: classes)
        let own = try Objective(loss, targets, on: drawn.batch, for: drawn.network)
        let built = try Objective(.crossEntropy, targets, on: drawn.batch, for: drawn.network)
        let unfolding = Unfolding(for: drawn.network)
        let E = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, built)
        let expected = unfolding.gradient
        let found = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, own)
        #expect(abs(found - E) <= Tolerance.naive * E)
        for part in expected.layout.parts {
            #expect(deviation(unfolding.gradient[part.name]!, expected[part.name]!) <= Tolerance.naive)
        }
    }

    /// Shuffled batches, windows that overlap: rows know where they come from in the data.
    @Test(arguments: [SampleTraining.ragged, .accumulation, .overlappingStreams])
    func aTrainerGivesRowsTheirPlaceInTheData(training: SampleTraining) throws {
        let data = try training.data(Double.self)
        let flat = training == .overlappingStreams ? try streamTargets() : try sequenceTargets()
        func result(_ loss: Loss, _ own: OwnLoss<Double>?, workers: Int) throws -> Trainer<Double> {
            var settings = training.settings()
            settings.loss = loss
            let trainer = try Trainer(
                training.network(Double.self), on: data, settings, ownLoss: own, validation: data,
                workers: workers)
            try trainer.run()
            return trainer
        }
        let built = try result(.halfSquaredError, nil, workers: 2).network.parameters
        let own = try result(.own("halfSquare"), halfSquare(flat), workers: 1).network.parameters
        let shared = try result(.own("halfSquare"), halfSquare(flat), workers: 3).network.parameters
        #expect(own == shared)
        for part in built.layout.parts {
            #expect(deviation(own[part.name]!, built[part.name]!) <= 1e-9, "\(part.name)")
        }
    }

    @Test func anOwnLossNeedsNoTargetsInTheData() throws {
        var generator = RandomGenerator(seed: 2)
        let x = [4, 2, 3].map { length in (0..<length).map { _ in [generator.uniform(within: 1)] } }
        let configuration = NetworkConfiguration(inputWidth: 1, stateWidth: 3, outputWidth: 1)
        let network = RecurrentNetwork<Double>(configuration, using: &generator)
        func result(_ loss: Loss, _ targets: [[[Double]]], _ own: OwnLoss<Double>?) throws -> Parameters<
            Double
        > {
            var settings = TrainingSettings(loss: loss, learningRate: 0.1, epochs: 5)
            settings.batchSize = 2
            let data = try SequenceDataSet(x, targets: .everyStep(targets))
            let trainer = try Trainer(network, on: .sequences(data), settings, ownLoss: own)
            try trainer.run()
            return trainer.network.parameters
        }
        let own = try result(.own("halfSquare"), x.map { $0.map { _ in [] } }, halfSquare(x))
        let built = try result(.halfSquaredError, x, nil)
        for part in own.layout.parts { #expect(deviation(own[part.name]!, built[part.name]!) <= 1e-9) }
    }

    /// The targets of `SampleTraining`, drawn again in its order.
    private func sequenceTargets() throws -> [[[Double]]] {
        var generator = RandomGenerator(seed: 1)
        let lengths = (0..<22).map { _ in 1 + generator.index(below: 9) }
        func rows(_ count: Int, _ width: Int) -> [[Double]] {
            (0..<count).map { _ in (0..<width).map { _ in generator.uniform(within: 1) } }
        }
        _ = lengths.map { rows($0, 3) }
        return lengths.map { rows($0, 2) }
    }

    private func streamTargets() throws -> [[[Double]]] {
        var generator = RandomGenerator(seed: 1)
        _ = (0..<22).map { _ in 1 + generator.index(below: 9) }
        func rows(_ count: Int, _ width: Int) -> [[Double]] {
            (0..<count).map { _ in (0..<width).map { _ in generator.uniform(within: 1) } }
        }
        _ = rows(100, 3)
        let targets = rows(100, 2)
        return (0..<3).map { Array(targets[$0 * 33..<$0 * 33 + 33]) }
    }

    @Test func theNameOfAnOwnLossBelongsToATraining() throws {
        let training = SampleTraining.ragged
        func trainer(_ loss: Loss, _ own: OwnLoss<Double>?, _ folder: String? = nil) throws -> Trainer<Double>
        {
            var settings = training.settings()
            settings.loss = loss
            return try Trainer(
                training.network(Double.self), on: training.data(Double.self), settings, ownLoss: own,
                checkpoints: folder.map { try CheckpointFolder($0) })
        }
        func problem(_ loss: Loss, _ own: OwnLoss<Double>?) throws -> String {
            try #require(throws: TrainerError.self) { _ = try trainer(loss, own) }.description
        }
        let named = halfSquare(try sequenceTargets())
        #expect(try problem(.own("halfSquare"), nil).contains("give it to the trainer"))
        #expect(try problem(.own("other"), named).contains("the trainer was given halfSquare"))
        #expect(try problem(.squaredError, named).contains("not that of the settings, squaredError"))
        try Fixtures.withTemporaryFolder { folder in
            try trainer(.own("halfSquare"), named, folder).run()
            let other = OwnLoss<Double>("other") { _ in 0 }
            let error = try #require(throws: TrainerError.self) {
                _ = try trainer(.own("other"), other, folder).resume()
            }
            #expect(error.description.contains("settings.loss"))
        }
    }

    @Test(arguments: networks)
    func aGivenGradientOfTheOutputsIsTakenBack(problem: Problem) throws {
        let drawn = try Drawn<Double>(problem)
        let (network, batch) = (drawn.network, drawn.batch)
        let unfolding = Unfolding(for: network)
        let E = try drawn.lossAndGradient(in: unfolding)
        let (expected, states, inputs) = (
            unfolding.gradient, unfolding.initialStateGradient!, unfolding.inputGradient!
        )
        #expect(E > 0)
        // ∂E/∂y of ½‖d − y‖², computed from the outputs of a forward pass.
        let y = try network.forward(batch, from: drawn.initialState).outputs
        let isPooled = problem.configuration.isPooled
        let given = Matrix<Double>(rows: y.rows, columns: y.columns) { row, o in
            let (step, sequence) = isPooled ? (0, row) : (row / problem.B, row % problem.B)
            let d = drawn.sequences[sequence].d
            return step < d.count ? y[row, o] - d[step][o] : .nan
        }
        try unfolding.gradient(
            of: network, on: batch, outputGradient: given, from: drawn.initialState, inputGradient: true)
        for part in expected.layout.parts {
            #expect(deviation(unfolding.gradient[part.name]!, expected[part.name]!) <= Tolerance.naive)
        }
        #expect(deviation(unfolding.initialStateGradient!, states) <= Tolerance.naive)
        #expect(deviation(unfolding.inputGradient!, inputs) <= Tolerance.naive)
    }
}
