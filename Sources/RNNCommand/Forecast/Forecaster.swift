import LinearAlgebra
import Recurrent

/// How a forecasting network is built and trained: W_s starts orthogonal, and the loss is the half
/// squared error on the steps that have seen two fifths of the window.
struct ForecastSettings {
    var window: Int
    var stateWidth: Int
    var epochs: Int
    var batchSize: Int
    var learningRate: Double
    var momentum: Double
    var seed: UInt64

    /// T × B: 0 while a window has only begun, then 1.
    func stepWeights(sequences: Int) -> Matrix<Double> {
        Matrix(rows: window, columns: sequences) { step, _ in step < window * 2 / 5 ? 0 : 1 }
    }
}

/// Where training stands, for the progress line.
struct ForecastProgress {
    let epoch: Int
    let epochs: Int
    let loss: Double
    let gradientNorm: Double
    let validationError: Double
    let windowsPerSecond: Double
    let secondsLeft: Double
}

/// An Elman network that predicts the next value of a series from a window of values before it.
struct Forecaster {
    let network: ElmanNetwork<Double>
    let standardisation: Standardisation
    let window: Int
    /// The epoch whose parameters were kept: the best on the validation part.
    let epoch: Int
    private let series: Series
    private let windows: SeriesWindows<Double>

    /// Trains on the fitting part with the learning rate falling linearly to zero, and keeps the
    /// parameters of the epoch with the smallest error on the validation part.
    init(
        training series: Series, _ settings: ForecastSettings,
        progress: (ForecastProgress) -> Void
    ) throws {
        self.series = series
        window = settings.window
        standardisation = Standardisation(fittedTo: series.values[series.fitting])
        windows = SeriesWindows(
            series.values.map(standardisation.standardise), length: settings.window)

        var generator = RandomGenerator(seed: settings.seed)
        let configuration = ElmanConfiguration(
            inputWidth: 1, stateWidth: settings.stateWidth, outputWidth: 1)
        var network = ElmanNetwork<Double>(
            configuration, initialiser: .orthogonal, using: &generator)
        let unfolding = Unfolding<Double>(configuration)
        var descent = GradientDescent<Double>(
            learningRate: settings.learningRate, momentum: settings.momentum, clipping: .norm(1))
        let positions = Array(series.fitting.dropFirst(settings.window))
        let batchCount = (positions.count + settings.batchSize - 1) / settings.batchSize
        var best = (network: network, epoch: 0, error: Double.infinity)
        let clock = ContinuousClock()
        let start = clock.now

        for epoch in 1...settings.epochs {
            let order = generator.permutation(positions.count)
            var (loss, norm) = (0.0, 0.0)
            for batch in 0..<batchCount {
                let done = Double((epoch - 1) * batchCount + batch) / Double(settings.epochs * batchCount)
                descent.learningRate = settings.learningRate * (1 - done)
                let members = order.dropFirst(batch * settings.batchSize).prefix(settings.batchSize)
                let (inputs, following) = try windows.batch(before: members.map { positions[$0] })
                let objective = try Objective(
                    .halfSquaredError, .values(following), on: inputs, for: configuration,
                    at: .weighted(settings.stepWeights(sequences: inputs.sequences)),
                    reduction: .meanOverSteps)
                let report = try descent.step(&network, in: unfolding, on: inputs, objective)
                loss += report.loss / Double(batchCount)
                norm += report.gradientNorm / Double(batchCount)
            }
            let predictions = try Self.predictions(
                network, windows, standardisation, for: series.validation)
            let error = rootMeanSquare(predictions, series.values[series.validation])
            if error < best.error { best = (network, epoch, error) }
            let seconds = (clock.now - start) / .seconds(1)
            progress(
                ForecastProgress(
                    epoch: epoch, epochs: settings.epochs, loss: loss, gradientNorm: norm,
                    validationError: error,
                    windowsPerSecond: Double(epoch * positions.count) / seconds,
                    secondsLeft: seconds / Double(epoch) * Double(settings.epochs - epoch)))
        }
        self.network = best.network
        epoch = best.epoch
    }

    /// One step ahead: what the network expects at each position, given the true values before it.
    func predictions(for range: Range<Int>) throws -> [Double] {
        try Self.predictions(network, windows, standardisation, for: range)
    }

    /// Free running: `horizon` values after the end of the series, each prediction being the next
    /// input. The state is carried on from the last window.
    func forecast(horizon: Int) throws -> [Double] {
        let last = try windows.batch(before: [series.values.count]).inputs
        var pass = network.forward(last)
        var value = pass.output(step: window, sequence: 0)[0]
        var forecast = [standardisation.restore(value)]
        while forecast.count < horizon {
            pass = network.forward(try SequenceBatch([[[value]]]), from: pass.finalState)
            value = pass.output(step: 1, sequence: 0)[0]
            forecast.append(standardisation.restore(value))
        }
        return forecast
    }

    /// In groups of windows, so that the states of a long series need not stand in memory together.
    private static func predictions(
        _ network: ElmanNetwork<Double>, _ windows: SeriesWindows<Double>,
        _ standardisation: Standardisation, for range: Range<Int>
    ) throws -> [Double] {
        let group = max(1, 4_000_000 / (windows.length * network.configuration.stateWidth))
        return try stride(from: range.lowerBound, to: range.upperBound, by: group).flatMap { start in
            let positions = start..<min(start + group, range.upperBound)
            let pass = network.forward(try windows.batch(before: positions).inputs)
            return positions.indices.map { index in
                let output = pass.output(step: windows.length, sequence: index - start)
                return standardisation.restore(output[0])
            }
        }
    }
}

/// √(mean (prediction − truth)²)
func rootMeanSquare(_ predictions: [Double], _ truth: some Collection<Double>) -> Double {
    let squares = zip(predictions, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (squares / Double(predictions.count)).squareRoot()
}
