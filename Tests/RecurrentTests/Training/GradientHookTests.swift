import Foundation
import Recurrent
import RecurrentLinearAlgebra
import SampleProblems
import TestSupport
import Testing

/// A closure between gradient and update.
@Suite struct GradientHookTests {
    private func makeTrainer(
        _ training: SampleTraining = .ragged, folder: String? = nil, workers: Int = 1,
        change: (inout TrainingSettings) -> Void = { _ in },
        hook: ((inout Parameters<Double>, GradientStep<Double>) -> Void)?
    ) throws -> Trainer<Double> {
        let trainer = try training.trainer(Double.self, folder: folder, workers: workers, change: change)
        trainer.onGradient = hook
        return trainer
    }

    /// Noise from the step's own generator on all parts.
    private func addNoise(_ gradient: inout Parameters<Double>, _ step: GradientStep<Double>) {
        var generator = step.generator
        for name in gradient.layout.parts.map(\.name) {
            let part = gradient[name]!
            gradient[name] =
                part + Matrix(rows: part.rows, columns: part.columns) { _, _ in 0.01 * generator.normal() }
        }
    }

    @Test(arguments: [SampleTraining.ragged, .accumulation, .dropoutAndNoise, .overlappingStreams])
    func oneThatOnlyLooksChangesNoBit(training: SampleTraining) throws {
        let plain = try makeTrainer(training, hook: nil)
        var steps: [TrainingStep] = []
        try plain.run { if case .step(let step) = $0 { steps.append(step) } }
        var seen: [(step: Int, epoch: Int, loss: Double, norm: Double)] = []
        let watched = try makeTrainer(training) { gradient, step in
            seen.append((step.step, step.epoch, step.loss, gradient.norm))
        }
        try watched.run()
        #expect(training.result(watched) == training.result(plain))
        #expect(seen.map(\.step) == steps.map(\.step) && seen.map(\.epoch) == steps.map(\.epoch))
        #expect(seen.map(\.loss) == steps.map(\.loss) && seen.map(\.norm) == steps.map(\.gradientNorm))
    }

    /// Plain gradient descent along whatever the closure leaves, with the network before each step.
    @Test func whatItLeavesIsApplied() throws {
        var (before, left): ([Double], [Double]) = ([], [])
        let trainer = try makeTrainer(
            change: {
                ($0.rule, $0.clipping, $0.schedule) = (.sgd(), .none, .constant(0.5))
            }
        ) { gradient, step in
            gradient[.stateWeights] = Matrix(rows: 6, columns: 6)
            gradient[.outputBias] = Matrix([[3, -4]])
            before = step.network.parameters.elements
            left = gradient.elements
        }
        try trainer.run { event in
            guard case .step(let step) = event else { return }
            let expected = zip(before, left).map { $0 - 0.5 * $1 }
            #expect(
                deviation(Matrix([trainer.network.parameters.elements]), Matrix([expected])) < Tolerance.naive
            )
            #expect(step.gradientNorm > 5)
        }
        #expect(
            trainer.network.parameters[.stateWeights]
                == SampleTraining.ragged.network(Double.self).parameters[.stateWeights])
    }

    @Test func clippingComesAfterIt() throws {
        let trainer = try makeTrainer(change: { $0.clipping = .norm(0.1) }) { gradient, _ in
            gradient[.outputBias] = Matrix([[30, -40]])
        }
        try trainer.run {
            if case .step(let step) = $0 { #expect(step.wasClipped && step.gradientNorm > 50) }
        }
    }

    @Test func noiseOfTheStepsGeneratorIsTheSameAfterAnInterruption() throws {
        let whole = try makeTrainer(hook: addNoise)
        try whole.run()
        let plain = try makeTrainer(hook: nil)
        try plain.run()
        #expect(whole.network != plain.network)
        try Fixtures.withTemporaryFolder { folder in
            for workers in 1... {
                let trainer = try makeTrainer(folder: folder, workers: workers, hook: addNoise)
                try trainer.resume()
                let first = trainer.step
                while try trainer.next() != nil, trainer.step < first + 5 {}
                guard trainer.end != nil else { continue }
                #expect(workers > 3 && trainer.network == whole.network)
                return
            }
        }
    }

    @Test func everyStepHasNoiseOfItsOwn() throws {
        var draws: [UInt64] = []
        let trainer = try makeTrainer(.dropoutAndNoise) { _, step in
            var generator = step.generator
            draws.append(generator.next())
        }
        try trainer.run()
        #expect(Set(draws).count == 24 && draws.count == 24)
        let other = try makeTrainer(change: { $0.seed = 6 }) { _, step in
            var generator = step.generator
            #expect(!draws.contains(generator.next()))
        }
        try other.run()
    }

    @Test func aGradientThatItMakesInfiniteIsRefused() throws {
        let trainer = try makeTrainer(change: { $0.onNonFinite = .skip }) { gradient, step in
            if step.step == 3 { gradient[.outputBias] = Matrix([[.nan, 0]]) }
        }
        var skipped: [Int] = []
        try trainer.run { event in
            guard case .warning(.skipped(let step, let error)) = event else { return }
            skipped.append(step)
            guard case .gradientNotFinite(.outputBias, _) = error else { throw error }
        }
        #expect(skipped == [3] && trainer.network.parameters.isFinite)
    }
}
