import RecurrentLinearAlgebra
import Recurrent

/// Time-series prediction, one step ahead from a window of values: the monthly sunspot number, or columns of the user's
/// own.
///
/// The series is split by time into training, validation and test sets; the epoch is chosen on the validation set. The
/// first two fifths of a window are burn-in without a loss. The settings of gated cells were chosen on months before 1960.
struct TimeSeriesPrediction: Application {
    static let name = "series"
    static let summary = "the next value of a time series: monthly sunspot numbers"
    static let isRunStepByStep = true
    static let options: Set = ["--data", "--columns", "--date-column", "--missing", "--window"]

    let measure = Measure(name: "RMSE", isBetterWhenLower: true, decimals: 2)
    let folds = 1
    private let recipe: Recipe
    let series: Series
    let split: TimeSplit
    private let card: SeriesModel.Card
    private let horizon: Int

    private static let elman = Recipe(
        stateWidth: 24, epochs: 30, batchSize: 16, learningRate: 0.01, window: 60)
    private static let gated = Recipe(
        stateWidth: 24, epochs: 30, batchSize: 16, learningRate: 0.05, window: 60)

    init(_ options: TrainingOptions) throws {
        recipe = (options.network.hasGates ? Self.gated : Self.elman).with(options)
        let missing = options.own.missing ?? .refuse
        series =
            try options.own.data.map {
                try Series(
                    contentsOf: $0, columns: options.columnNames, dateColumn: options.dateColumn,
                    missing: missing)
            } ?? Series.sunspots()
        let split = TimeSplit(series, isSunspots: options.own.data == nil)
        try split.require(window: recipe.window, of: series)
        self.split = split
        card = SeriesModel.Card(
            columns: series.columns, dateColumn: options.dateColumn, missing: missing,
            scales: series.values.map { Standardisation(fittedTo: $0[split.training]) },
            window: recipe.window)
        horizon = min(132, split.validation.count)
    }

    var facts: [RunDescription.Fact] {
        func words(_ range: Range<Int>) -> String {
            "\(range.count) values, \(series.label(range.lowerBound)) to \(series.label(range.upperBound - 1))"
        }
        return [
            .init(name: "data", value: "\(series.name): \(series.columns.joined(separator: ", "))"),
            .init(name: "training set", value: words(split.training)),
            .init(name: "validation set", value: words(split.validation)),
            .init(name: "test set", value: words(split.test)),
        ]
    }

    func plan(fold: Int, seed: UInt64) throws -> TrainingPlan<Double> {
        let width = series.columns.count
        let network = RecurrentNetwork<Double>(
            recipe.configuration(inputWidth: width, outputWidth: width), elman: .orthogonal, seed: seed)
        let positions = positions(in: split.training.dropFirst(recipe.window))
        let steps = stepCount(
            sequences: positions.count, batchSize: recipe.batchSize, epochs: recipe.epochs)
        var settings = TrainingSettings(
            loss: .halfSquaredError, schedule: .cosine(recipe.learningRate, steps: steps),
            epochs: recipe.epochs)
        settings.rule = .sgd(momentum: 0.9)
        settings.batchSize = recipe.batchSize
        settings.lossSteps = .afterBurnIn(recipe.window * 2 / 5)
        settings.seed = seed
        let windows = SeriesModel(network, card).windows(series)
        let (batch, following) = try windows.batch(before: positions.suffix(16))
        let objective = try Objective(
            .halfSquaredError, .values(following), on: batch, for: network,
            at: settings.lossSteps, reduction: .meanOverSteps)
        return TrainingPlan(
            network: network, data: .sequences(try data(windows, positions)),
            validation: .sequences(try data(windows, self.positions(in: split.validation))),
            settings: settings, probe: Probe(batch: batch, objective: objective))
    }

    /// The positions of a range; in a long range only every n-th, so that the windows hold at most some 4 million values.
    private func positions(in range: Range<Int>) -> [Int] {
        let most = max(1, 4_000_000 / (recipe.window * series.columns.count))
        return Array(stride(from: range.lowerBound, to: range.upperBound, by: (range.count - 1) / most + 1))
    }

    /// The windows before these positions, with the next value as the target at every step.
    private func data(
        _ windows: SeriesWindows<Double>, _ positions: [Int]
    ) throws -> SequenceDataSet<Double> {
        func values(shiftedBy shift: Int) -> [[[Double]]] {
            positions.map { position in
                (position - windows.length + shift..<position + shift).map { time in
                    Array(windows.values[time * windows.width..<(time + 1) * windows.width])
                }
            }
        }
        return try SequenceDataSet(values(shiftedBy: 0), targets: .everyStep(values(shiftedBy: 1)))
    }

    func model(_ network: RecurrentNetwork<Double>, fold: Int) -> SeriesModel { SeriesModel(network, card) }

    func heldOut(fold: Int) -> SeriesModel.TestData { (series, split.test) }

    func baselines() throws -> [Baselines.Entry] {
        let values = series.values[0]
        let truth = values[split.test]
        let persistence = rootMeanSquare(split.test.map { values[$0 - 1] }, truth)
        let models = try [12, 36].compactMap { order in
            try AutoregressiveModel(order: order, fittedTo: values, in: split.training).map { model in
                let predictions = split.test.map { model.prediction(at: $0, of: values) }
                return Baselines.Entry(
                    name: "AR(\(order)), least squares", score: rootMeanSquare(predictions, truth))
            }
        }
        return [.init(name: "persistence (the previous value)", score: persistence)] + models
    }

    func findings(_ model: SeriesModel, fold: Int) throws -> [Finding] {
        let forecast = try SeriesForecast(series, by: model, horizon: horizon, unseen: split.unseen)
        let predicted = try model.predictions(series, split.test).map { $0[0] }
        let start = max(0, split.test.lowerBound - split.test.count / 4)
        return [.forecast(forecast.finding(series, from: start, predicted: predicted))]
    }
}
