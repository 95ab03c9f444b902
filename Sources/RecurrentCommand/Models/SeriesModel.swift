import RecurrentLinearAlgebra
import Recurrent

/// A network that reads a window of a series and predicts the next values, in the units of the series.
struct SeriesModel: TrainedModel {
    struct Card: ModelCard {
        static let key = "series"

        /// The score is the error of the first.
        let columns: [String]
        let dateColumn: String?
        let missing: MissingValues
        /// The standardisation of each column.
        let scales: [Standardisation]
        /// T
        let window: Int

        func problem(with configuration: NetworkConfiguration) -> String? {
            if configuration.inputWidth != columns.count || configuration.outputWidth != columns.count {
                return
                    "\(columns.count) columns, \(configuration.inputWidth) inputs, \(configuration.outputWidth) outputs"
            }
            if configuration.isPooled || configuration.isBidirectional {
                return "it must read forwards and have an output for every step"
            }
            let areMaps = scales.allSatisfy { $0.mean.isFinite && $0.deviation.isFinite && $0.deviation > 0 }
            guard scales.count == columns.count, areMaps else { return "a scale for each column is missing" }
            return 1...1_000_000 ~= window ? nil : "a window of \(window)"
        }
    }

    let network: RecurrentNetwork<Double>
    let card: Card

    init(_ network: RecurrentNetwork<Double>, _ card: Card) { (self.network, self.card) = (network, card) }

    init?(_ file: Safetensors, path: String) throws {
        guard let card = try Card(file, path: path) else { return nil }
        self.init(try card.network(path: path), card)
    }

    var metadata: [String: String] { card.metadata }

    /// Reads a file with the columns of the network.
    ///
    /// - Parameter missing: the treatment of missing values; that of the training data if nil.
    func series(_ path: String, missing: MissingValues? = nil) throws -> Series {
        let series = try Series(
            contentsOf: path, columns: card.columns, dateColumn: card.dateColumn,
            missing: missing ?? card.missing)
        guard series.count >= card.window else {
            throw CommandFailure(
                "\(path): \(series.count) values are too few for the network, which reads a window of \(card.window)"
            )
        }
        return series
    }

    /// The windows that the network reads.
    func windows(_ series: Series) -> SeriesWindows<Double> {
        var values: [Double] = []
        values.reserveCapacity(series.count * card.columns.count)
        for time in 0..<series.count {
            for (column, scale) in zip(series.values, card.scales) {
                values.append(scale.standardise(column[time]))
            }
        }
        return SeriesWindows(values, width: card.columns.count, length: card.window)
    }

    private func restored(_ outputs: some Collection<Double>) -> [Double] {
        zip(card.scales, outputs).map { $0.restore($1) }
    }

    /// One-step predictions of each column for each time of a range, given the true values before. The range may include
    /// the time after the last value. Memory does not grow with the series.
    func predictions(_ series: Series, _ times: Range<Int>) throws -> [[Double]] {
        let windows = windows(series)
        let group = max(1, 4_000_000 / (card.window * network.configuration.stateWidth))
        return try stride(from: times.lowerBound, to: times.upperBound, by: group).flatMap { start in
            let some = start..<min(start + group, times.upperBound)
            let pass = try network.forward(windows.batch(before: some).inputs)
            return some.indices.map { restored(pass.output(step: card.window, sequence: $0 - start)) }
        }
    }

    /// Free-running forecasts, in which every prediction is the next input: the values of all columns, for each of the
    /// positions and each of the `horizon` steps from it.
    func freeRuns(_ series: Series, from positions: [Int], horizon: Int) throws -> [[[Double]]] {
        let pass = try network.forward(windows(series).batch(before: positions).inputs)
        var state = try network.state(from: pass.finalState)
        var values = Matrix<Double>(rows: positions.count, columns: card.columns.count) { row, column in
            pass.output(step: card.window, sequence: row)[column]
        }
        var runs = positions.map { _ in [[Double]]() }
        for _ in 0..<horizon {
            for row in positions.indices { runs[row].append(restored(values.row(row).elements)) }
            try network.step(values, &state)
            values = state.outputs
        }
        return runs
    }

    /// A series, and the times at which predictions are compared with it.
    typealias TestData = (series: Series, times: Range<Int>)

    func testData(_ options: DataOptions) throws -> TestData {
        try options.require(only: ["--data", "--missing"], for: "a series model")
        let series = try series(options.required(), missing: options.missing)
        guard series.count > card.window else {
            throw CommandFailure(
                "\(series.name): there is no value after the first window of \(card.window)")
        }
        return (series, card.window..<series.count)
    }

    func evaluate(_ data: TestData) throws -> Evaluation {
        let predictions = try predictions(data.series, data.times)
        var table = Table(["column", "values", "RMSE", "mean absolute error", "RMSE of persistence"])
        let errors = card.columns.indices.map { column in
            let truth = data.series.values[column]
            let (found, expected) = (predictions.map { $0[column] }, truth[data.times])
            let distance = zip(found, expected).reduce(0) { $0 + abs($1.0 - $1.1) }
            let error = rootMeanSquare(found, expected)
            table.add([
                Cell(card.columns[column]), Cell(found.count), Cell(error, decimals: 4),
                Cell(distance / Double(found.count), decimals: 4),
                Cell(rootMeanSquare(data.times.map { truth[$0 - 1] }, expected), decimals: 4),
            ])
            return error
        }
        return Evaluation(
            score: errors[0], table: table, note: "one step ahead, given the true values before")
    }

    func predict(_ options: DataOptions, texts: [String]) throws -> Table {
        try options.require(only: ["--data", "--missing"], for: "a series model")
        guard texts.isEmpty else {
            throw CommandFailure("--text: this is a series model; give a file with --data")
        }
        let series = try series(options.required(), missing: options.missing)
        let times = card.window..<series.count + 1
        var table = Table(["time"] + card.columns.flatMap { [$0, "\($0) predicted"] })
        for (time, predicted) in zip(times, try predictions(series, times)) {
            let cells = card.columns.indices.flatMap { column in
                let observed = time < series.count ? Cell(series.values[column][time], decimals: 4) : Cell("")
                return [observed, Cell(predicted[column], decimals: 4)]
            }
            table.add([Cell(series.label(time))] + cells)
        }
        return table
    }
}
