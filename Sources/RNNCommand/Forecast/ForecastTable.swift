import Recurrent

/// The errors one step ahead on the test part: the network beside models that need no training.
struct ForecastTable {
    private var table = Table(["one step ahead on the test part", "RMSE"])
    private let series: Series

    var text: String { table.text(.table) }

    /// - Parameter networks: at least one; the first is named, the others are its seeds.
    init(_ series: Series, _ networks: [Forecaster]) throws {
        self.series = series
        let errors = try networks.map { error(of: try $0.predictions(for: series.test)) }
        let first = networks[0]
        let width = first.network.configuration.stateWidth
        add("Elman network, H = \(width), seed \(first.seed), epoch \(first.epoch)", errors[0])
        for (network, error) in zip(networks, errors).dropFirst() {
            add("  seed \(network.seed), epoch \(network.epoch)", error)
        }
        if networks.count > 1 { add("  median of \(networks.count) seeds", median(errors)) }
        add("persistence (the value before)", error(of: series.test.map { series.values[$0 - 1] }))
        for order in [12, 36] {
            let model = try AutoregressiveModel(
                order: order, fittedTo: series.values, in: series.fitting)
            add(
                "AR(\(order)), least squares",
                model.map { model in
                    error(of: series.test.map { model.prediction(at: $0, of: series.values) })
                })
        }
    }

    private func error(of predictions: [Double]) -> Double {
        rootMeanSquare(predictions, series.values[series.test])
    }

    private mutating func add(_ name: String, _ error: Double?) {
        table.add([Cell(name), error.map { Cell($0, decimals: 2) } ?? "too few values"])
    }
}
