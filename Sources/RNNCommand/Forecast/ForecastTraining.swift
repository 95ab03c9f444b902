import LinearAlgebra
import Recurrent

/// How a forecasting network is built and trained: W_s starts orthogonal, and the loss is the half
/// squared error on the steps that have seen two fifths of the window.
struct ForecastSettings {
    let window: Int
    let stateWidth: Int
    let epochs: Int
    let batchSize: Int
    let learningRate: Double
    let momentum: Double
    let seed: UInt64

    /// T × B: 0 while a window has only begun, then 1.
    func stepWeights(sequences: Int) -> Matrix<Double> {
        Matrix(rows: window, columns: sequences) { step, _ in step < window * 2 / 5 ? 0 : 1 }
    }
}

/// A network on its way through the epochs, the learning rate falling linearly to zero.
struct ForecastTraining {
    private(set) var network: ElmanNetwork<Double>
    private let settings: ForecastSettings
    private let windows: SeriesWindows<Double>
    /// The values to predict, each by its position in the series.
    private let positions: [Int]
    private let unfolding: Unfolding<Double>
    private var optimiser: Optimiser<Double>
    private var generator: RandomGenerator
    private var steps = 0

    init(_ settings: ForecastSettings, on windows: SeriesWindows<Double>, predicting positions: [Int]) {
        generator = RandomGenerator(seed: settings.seed)
        let configuration = ElmanConfiguration(
            inputWidth: 1, stateWidth: settings.stateWidth, outputWidth: 1)
        network = ElmanNetwork(configuration, initialiser: .orthogonal, using: &generator)
        unfolding = Unfolding(configuration)
        optimiser = Optimiser(
            .sgd(momentum: settings.momentum), learningRate: settings.learningRate, clipping: .norm(1))
        self.settings = settings
        self.windows = windows
        self.positions = positions
    }

    private var stepsPerEpoch: Int {
        (positions.count + settings.batchSize - 1) / settings.batchSize
    }

    /// One pass over all positions in random order.
    ///
    /// - Returns: the means of loss and gradient norm over its training steps.
    mutating func runEpoch() throws -> (loss: Double, gradientNorm: Double) {
        let order = generator.permutation(positions.count).map { positions[$0] }
        var (loss, norm) = (0.0, 0.0)
        for start in stride(from: 0, to: order.count, by: settings.batchSize) {
            let report = try step(on: order[start..<min(start + settings.batchSize, order.count)])
            loss += report.loss / Double(stepsPerEpoch)
            norm += report.gradientNorm / Double(stepsPerEpoch)
        }
        return (loss, norm)
    }

    private mutating func step(on positions: ArraySlice<Int>) throws -> TrainingReport {
        let done = Double(steps) / Double(settings.epochs * stepsPerEpoch)
        optimiser.learningRate = settings.learningRate * (1 - done)
        steps += 1
        let (inputs, following) = try windows.batch(before: positions)
        let objective = try Objective(
            .halfSquaredError, .values(following), on: inputs, for: network.configuration,
            at: .weighted(settings.stepWeights(sequences: inputs.sequences)),
            reduction: .meanOverSteps)
        return try optimiser.step(&network, in: unfolding, on: inputs, objective)
    }
}
