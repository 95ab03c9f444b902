import LinearAlgebra
import Recurrent

/// Where training stands after an epoch.
struct ForecastProgress {
    let epoch: Int
    let epochs: Int
    let loss: Double
    let gradientNorm: Double
    let validationError: Double
    let windowsPerSecond: Double
}

/// An Elman network that predicts the next value of a series from a window of values before it.
struct Forecaster {
    let network: ElmanNetwork<Double>
    let standardisation: Standardisation
    let window: Int
    let seed: UInt64
    /// The epoch whose parameters were kept: the best on the validation part.
    let epoch: Int
    private let series: Series
    private let windows: SeriesWindows<Double>

    /// Trains on the fitting part, and keeps the parameters of the epoch with the smallest error on the
    /// validation part.
    init(
        training series: Series, _ settings: ForecastSettings,
        progress: (ForecastProgress) -> Void
    ) throws {
        self.series = series
        window = settings.window
        seed = settings.seed
        standardisation = Standardisation(fittedTo: series.values[series.fitting])
        let standardised = series.values.map(standardisation.standardise)
        if let position = standardised.firstIndex(where: { !$0.isFinite }) {
            throw CommandFailure(
                "\(series.name): value \(position + 1), \(series.values[position]), is out of all proportion to the part that is fitted to; rescale the series"
            )
        }
        windows = SeriesWindows(standardised, length: settings.window)

        let positions = Array(series.fitting.dropFirst(settings.window))
        var training = ForecastTraining(settings, on: windows, predicting: positions)
        var best = (network: training.network, epoch: 0, error: Double.infinity)
        let clock = ContinuousClock()
        let start = clock.now
        for epoch in 1...settings.epochs {
            let (loss, norm) = try training.runEpoch()
            let predictions = try Self.predictions(
                training.network, windows, standardisation, for: series.validation)
            let error = rootMeanSquare(predictions, series.values[series.validation])
            if error < best.error { best = (training.network, epoch, error) }
            let seconds = (clock.now - start) / .seconds(1)
            progress(
                ForecastProgress(
                    epoch: epoch, epochs: settings.epochs, loss: loss, gradientNorm: norm,
                    validationError: error,
                    windowsPerSecond: Double(epoch * positions.count) / seconds))
        }
        guard best.epoch > 0 else {
            throw CommandFailure(
                "the error on the validation part was finite after no epoch; try a smaller --learning-rate")
        }
        network = best.network
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
        var pass = try network.forward(last)
        var value = pass.output(step: window, sequence: 0)[0]
        var forecast = [standardisation.restore(value)]
        while forecast.count < horizon {
            pass = try network.forward(try SequenceBatch([[[value]]]), from: pass.finalState)
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
            let pass = try network.forward(try windows.batch(before: positions).inputs)
            return positions.indices.map { index in
                let output = pass.output(step: windows.length, sequence: index - start)
                return standardisation.restore(output[0])
            }
        }
    }
}

/// The middle value, or the mean of the two in the middle.
func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// √(mean (prediction − truth)²)
func rootMeanSquare(_ predictions: [Double], _ truth: some Collection<Double>) -> Double {
    let squares = zip(predictions, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (squares / Double(predictions.count)).squareRoot()
}
