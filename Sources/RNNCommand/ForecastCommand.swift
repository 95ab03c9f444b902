import ArgumentParser
import Foundation
import Recurrent

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "forecast", abstract: "Learn.")
    @Option var window = 60
    @Option var stateWidth = 24
    @Option var epochs = 60
    @Option var batchSize = 32
    @Option var rate = 0.05
    @Option var momentum = 0.9
    @Option var seed: UInt64 = 1
    func run() throws {
        let series = try Series.sunspots(window: window)
        let start = Date()
        for order in [12, 36] {
            let ar = try AutoregressiveModel(order: order, fittedTo: series.values, in: series.fitting)!
            print("AR", order, rootMeanSquare(series.test.map { ar.prediction(at: $0, of: series.values) }, series.values[series.test]))
        }
        for s in seed..<seed+5 {
        let f = try Forecaster(training: series, ForecastSettings(window: window, stateWidth: stateWidth, epochs: epochs, batchSize: batchSize, learningRate: rate, momentum: momentum, seed: s)) { p in if p.epoch % 10 == 0 { print(p.epoch, p.loss, p.validationError) } }
        print("seed", s, "epoch", f.epoch, "test", rootMeanSquare(try f.predictions(for: series.test), series.values[series.test]), Date().timeIntervalSince(start))
        }
    }
}
