import LinearAlgebra
import Recurrent

/// Time-series prediction: the monthly sunspot number one month ahead, from a window of months before it.
///
/// Fitted to the months up to 1919; the epoch is chosen on 1920–1959, and errors are measured on 1960–2009. The first
/// 24 months of a window carry no loss.
struct Sunspots: Application {
    static let name = "sunspots"
    static let summary = "time-series prediction: monthly sunspot numbers since 1749, one month ahead"
    static let measure = Measure(name: "RMSE", isBetterWhenLower: true, decimals: 2)

    let folds = 1
    private let series: Series
    private let standardisation: Standardisation
    private let windows: SeriesWindows<Double>
    private let window = 60
    private let epochs = 30
    private let horizon = 132

    init() throws {
        series = try Series.sunspots(window: window)
        standardisation = Standardisation(fittedTo: series.values[series.fitting])
        windows = SeriesWindows(series.values.map(standardisation.standardise), length: window)
    }

    var facts: [RunDescription.Fact] {
        [
            .init(name: "data", value: "\(series.values.count) monthly means of sunspot numbers"),
            .init(name: "fitted to", value: "\(series.fitting.count) months up to 1919"),
            .init(name: "epoch chosen on", value: "\(series.validation.count) months, 1920–1959"),
            .init(name: "tested on", value: "\(series.test.count) months, 1960–2009"),
        ]
    }

    func plan(fold: Int, seed: UInt64) throws -> TrainingPlan<Double> {
        var generator = RandomGenerator(seed: seed)
        let configuration = ElmanConfiguration(inputWidth: 1, stateWidth: 24, outputWidth: 1)
        let network = ElmanNetwork<Double>(configuration, initialiser: .orthogonal, using: &generator)
        let positions = Array(series.fitting.dropFirst(window))
        let steps = stepCount(sequences: positions.count, batchSize: 16, epochs: epochs)
        var settings = TrainingSettings(
            loss: .halfSquaredError, schedule: .cosine(0.01, steps: steps), epochs: epochs)
        settings.rule = .sgd(momentum: 0.9)
        settings.batchSize = 16
        settings.silentSteps = 24
        settings.seed = seed
        let (batch, following) = try windows.batch(before: positions.suffix(16))
        let objective = try Objective(
            .halfSquaredError, .values(following), on: batch, for: configuration,
            at: .after(settings.silentSteps), reduction: .meanOverSteps)
        return TrainingPlan(
            network: network, data: .sequences(try data(positions)),
            validation: .sequences(try data(Array(series.validation))), settings: settings,
            probe: Probe(batch: batch, objective: objective))
    }

    /// The windows before these positions, every value with the one that follows.
    private func data(_ positions: [Int]) throws -> SequenceDataSet<Double> {
        func values(shiftedBy shift: Int) -> [[[Double]]] {
            positions.map { position in
                windows.values[position - window + shift..<position + shift].map { [$0] }
            }
        }
        return try SequenceDataSet(values(shiftedBy: 0), targets: .everyStep(values(shiftedBy: 1)))
    }

    func score(_ network: ElmanNetwork<Double>, fold: Int) throws -> Double {
        rootMeanSquare(try predictions(network, for: series.test), series.values[series.test])
    }

    func baselines() throws -> [Baselines.Entry] {
        let truth = series.values[series.test]
        let persistence = rootMeanSquare(series.test.map { series.values[$0 - 1] }, truth)
        let models = try [12, 36].compactMap { order in
            try AutoregressiveModel(order: order, fittedTo: series.values, in: series.fitting).map { model in
                let predictions = series.test.map { model.prediction(at: $0, of: series.values) }
                return Baselines.Entry(
                    name: "AR(\(order)), least squares", score: rootMeanSquare(predictions, truth))
            }
        }
        return [.init(name: "persistence (the month before)", score: persistence)] + models
    }

    func findings(_ network: ElmanNetwork<Double>, fold: Int) throws -> [Finding] {
        let shown = max(0, series.test.lowerBound - series.test.count / 4)..<series.values.count
        let forecast = try freeRun(network, after: [series.values.count])[0]
        let reach = try reach(network)
        return [
            .forecast(
                ForecastFinding(
                    name: series.name, observed: Array(series.values[shown]),
                    labels: Array(series.labels[shown]), start: shown.lowerBound,
                    predicted: try predictions(network, for: series.test), forecast: forecast,
                    lower: zip(forecast, reach).map { $0 - $1 }, upper: zip(forecast, reach).map { $0 + $1 },
                    coverage: 0.9))
        ]
    }

    func metadata(fold: Int) -> [String: String] {
        [
            "forecast.window": "\(window)", "forecast.mean": "\(standardisation.mean)",
            "forecast.deviation": "\(standardisation.deviation)",
        ]
    }

    /// One step ahead: what the network expects at each position, given the true values before it.
    private func predictions(_ network: ElmanNetwork<Double>, for range: Range<Int>) throws -> [Double] {
        let pass = try network.forward(try windows.batch(before: range).inputs)
        return range.indices.map {
            standardisation.restore(pass.output(step: window, sequence: $0 - range.lowerBound)[0])
        }
    }

    /// Free running from each position on: every prediction is the next input.
    private func freeRun(_ network: ElmanNetwork<Double>, after positions: [Int]) throws -> [[Double]] {
        let pass = try network.forward(try windows.batch(before: positions).inputs)
        var state = try network.state(from: pass.finalState)
        var values = Matrix<Double>(rows: positions.count, columns: 1) { row, _ in
            pass.output(step: window, sequence: row)[0]
        }
        var runs = positions.map { _ in [Double]() }
        for _ in 0..<horizon {
            for row in positions.indices { runs[row].append(standardisation.restore(values[row, 0])) }
            try network.step(values, &state)
            values = state.outputs
        }
        return runs
    }

    /// For each month ahead the distance that nine tenths of the forecasts from within the validation part keep to.
    private func reach(_ network: ElmanNetwork<Double>) throws -> [Double] {
        let starts = Array(series.validation.dropLast(horizon))
        let runs = try freeRun(network, after: starts)
        return (0..<horizon).map { ahead in
            let misses = zip(starts, runs).map { abs(series.values[$0 + ahead] - $1[ahead]) }.sorted()
            return misses[misses.count * 9 / 10]
        }
    }
}
