import RecurrentLinearAlgebra
import NaiveReference
import Recurrent
import SampleProblems
import Testing

/// Truncated backpropagation over windows of parallel streams, compared with windows computed by hand.
@Suite struct TruncationTests {
    private static let configuration = NetworkConfiguration(
        inputWidth: 2, stateWidth: 5, outputWidth: 2, layers: 2)

    private struct Streams {
        let network: RecurrentNetwork<Double>
        let x: [[Double]]
        let d: [[Double]]
        let data: StreamDataSet<Double>

        init(count: Int = 3) throws {
            var generator = RandomGenerator(seed: 4)
            network = RecurrentNetwork(TruncationTests.configuration, using: &generator)
            func rows() -> [[Double]] {
                (0..<21 * count + 2).map { _ in [generator.uniform(within: 1), generator.uniform(within: 1)] }
            }
            (x, d) = (rows(), rows())
            data = try StreamDataSet(inputs: x, targets: d, streams: count)
        }

        /// The parameters after one epoch of `count` streams of 21 steps, by the naive reference: each window begins with
        /// the states that the windows before it left.
        func trainedByHand(_ count: Int, _ window: (k1: Int, k2: Int), rate: Double) -> Parameters<Double> {
            var network = network
            var states: [Int: [[[[Double]]]]] = [:]
            for first in stride(from: 0, to: 21, by: window.k1) {
                let end = min(first + window.k1, 21)
                let begin = max(0, first + window.k1 - window.k2)
                let zero = [[[Double](repeating: 0, count: 5)], [[Double](repeating: 0, count: 5)]]
                let sequences = (0..<count).map { b in
                    let steps = begin..<end
                    return NaiveSequence(
                        x: steps.map { x[b * 21 + $0] }, d: steps.map { d[b * 21 + $0] },
                        weight: steps.map { $0 < first ? 0 : 1 }, s0: states[begin]?[b] ?? zero)
                }
                let naive = NaiveNetwork(network).run(sequences, .squared(factor: 0.5))
                for step in begin..<end where states[step + 1] == nil || step + 1 > begin {
                    states[step + 1] = (0..<count).map { b in
                        (0..<2).map { layer in [naive.s[layer][0][b][step - begin]] }
                    }
                }
                var descent = Optimiser<Double>(.sgd(), learningRate: rate)
                descent.update(&network.parameters, along: gradient(naive))
            }
            return network.parameters
        }

        private func gradient(_ naive: NaiveResult) -> Parameters<Double> {
            var gradient = Parameters<Double>(layout: network.parameters.layout)
            for layer in 0..<2 {
                gradient[.inputWeights(layer: layer)] = Matrix(naive.cells[layer][0].Wx)
                gradient[.stateWeights(layer: layer)] = Matrix(naive.cells[layer][0].Ws)
                gradient[.stateBias(layer: layer)] = Matrix([naive.cells[layer][0].bs])
            }
            gradient[.outputWeights] = Matrix(naive.Wy)
            gradient[.outputBias] = Matrix([naive.by])
            return gradient
        }
    }

    private static var settings: TrainingSettings {
        var settings = TrainingSettings(loss: .halfSquaredError, learningRate: 0.02, epochs: 1)
        (settings.rule, settings.clipping, settings.reduction) = (.sgd(), .none, .sum)
        return settings
    }

    /// 130 streams are dealt into shards.
    @Test(arguments: [(7, 7), (4, 10), (1, 5), (3, 4), (21, 21), (5, 50)], [3, 130])
    func everyWindowIsTheNaiveOne(window: (k1: Int, k2: Int), count: Int) throws {
        let streams = try Streams(count: count)
        let rate = 0.06 / Double(count)
        var settings = Self.settings
        settings.schedule = .constant(rate)
        #expect(streams.data.steps == 21)
        let trainer = try Trainer(
            streams.network,
            on: .streams(streams.data, TruncatedWindow(advance: window.k1, reach: window.k2)), settings)
        try trainer.run()
        let ours = trainer.network.parameters.elements
        let theirs = streams.trainedByHand(count, window, rate: rate).elements
        #expect(deviation(Matrix([ours]), Matrix([theirs])) < Tolerance.naive)
    }

    @Test func aWindowOfAllStepsIsFullBackpropagation() throws {
        let streams = try Streams()
        let whole = try Trainer(
            streams.network, on: .streams(streams.data, TruncatedWindow(advance: 21)), Self.settings)
        try whole.run()
        let batch = try SequenceBatch((0..<3).map { b in (0..<21).map { streams.x[b * 21 + $0] } })
        let targets = try batch.targets(
            everyStep: (0..<3).map { b in (0..<21).map { streams.d[b * 21 + $0] } })
        let objective = try Objective(.halfSquaredError, targets, on: batch, for: streams.network)
        var network = streams.network
        var descent = Optimiser<Double>(.sgd(), learningRate: 0.02)
        _ = try descent.step(&network, in: Unfolding(for: network), on: batch, objective)
        #expect(
            deviation(
                Matrix([whole.network.parameters.elements]), Matrix([network.parameters.elements]))
                < Tolerance.naive)
    }

    @Test func streamsThatAreTooShortAreNamed() throws {
        #expect(throws: DataError.shorterThanWindow(steps: 2, streams: 3, window: 1)) {
            _ = try StreamDataSet<Double>(inputs: [[1], [2]], targets: [[1], [2]], streams: 3)
        }
        let streams = try Streams()
        let error = try #require(throws: TrainerError.self) {
            _ = try Trainer(
                streams.network, on: .streams(streams.data, TruncatedWindow(advance: 22)), Self.settings)
        }
        #expect("\(error)".contains("do not give each a window of 22"))
    }
}
