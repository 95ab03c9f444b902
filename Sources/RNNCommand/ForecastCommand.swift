import ArgumentParser
import Foundation
import Recurrent

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Train a network to predict a series, and forecast how it goes on.",
        discussion: """
            Without --csv the series is the monthly mean of sunspot numbers since 1749. The series is \
            split by time; the network is fitted to the first part, its epoch chosen on the second, \
            and every error is measured on the last. Writes the model (safetensors) and a picture \
            (SVG).

            Examples:
              rnn forecast
              rnn forecast --seeds 5 --horizon 60
              rnn forecast --csv sales.csv --column total --window 24 \\
                --model sales.safetensors --picture sales.svg
            """)

    @Option(help: ArgumentHelp("A CSV file with a header line.", valueName: "file"), completion: .tables)
    var csv: String?

    @Option(help: ArgumentHelp("The column of the CSV file that holds the series.", valueName: "name"))
    var column: String?

    @Option(help: "Values in a window: the network predicts the one after it.")
    var window = 60

    @Option(help: "The width of the state, H.")
    var stateWidth = 24

    @Option(help: "Passes over the part that is fitted to.")
    var epochs = 40

    @Option(help: "Windows in a batch.")
    var batchSize = 32

    @Option(help: "The learning rate at the start; it falls linearly to zero.")
    var learningRate = 0.02

    @Option(help: "Decides the initial weights and the order of the windows.")
    var seed: UInt64 = 1

    @Option(help: "Train this many networks, with seeds from --seed on; the first is the one kept.")
    var seeds = 1

    @Option(help: "Values to forecast after the end of the series, the network running freely.")
    var horizon = 132

    @Option(help: ArgumentHelp("Where to write the model.", valueName: "file"), completion: .models)
    var model = "output/forecast.safetensors"

    @Option(help: ArgumentHelp("Where to write the picture.", valueName: "file"), completion: .pictures)
    var picture = "output/forecast.svg"

    func validate() throws {
        func require(_ condition: Bool, _ message: String) throws {
            if !condition { throw ValidationError(message) }
        }
        try require(column == nil || csv != nil, "--column goes with --csv.")
        try require(1...100_000 ~= window, "--window must be in 1...100000.")
        try require(1...4096 ~= stateWidth, "--state-width must be in 1...4096.")
        try require(1...1_000_000 ~= epochs, "--epochs must be in 1...1000000.")
        try require(1...100_000 ~= batchSize, "--batch-size must be in 1...100000.")
        try require(
            learningRate >= 1e-12 && learningRate.isFinite, "--learning-rate must be at least 1e-12.")
        try require(1...1000 ~= seeds, "--seeds must be in 1...1000.")
        try require(seed <= UInt64.max - UInt64(max(seeds, 0)), "--seed is too large for --seeds.")
        try require(1...100_000 ~= horizon, "--horizon must be in 1...100000.")
    }

    func run() throws {
        let series =
            try csv.map { try Series.column(column, of: $0, window: window) }
            ?? Series.sunspots(window: window)
        try prepareOutputs()
        try requireMemory(for: series)

        let networks = try trainAll(on: series)
        let kept = networks[0]
        print(
            "\(series.name): \(series.values.count) values; fitted to \(series.fitting.count), epoch chosen on \(series.validation.count), tested on \(series.test.count)\n"
        )
        print(try ForecastTable(series, networks).text)

        let picture = ForecastPicture(
            series: series, predictions: try kept.predictions(for: series.test),
            forecast: try kept.forecast(horizon: horizon))
        try kept.network.write(to: model, metadata: kept.metadata)
        try DurableFile.write(Data(picture.svg.utf8), to: self.picture)
        print("\nmodel: \(model)\npicture: \(self.picture)")
    }

    /// Trains a network for each seed, one after the other.
    private func trainAll(on series: Series) throws -> [Forecaster] {
        let progress = Progress()
        defer { progress.finish() }
        progress.show(0, [])
        return try (0..<seeds).map { index in
            let settings = ForecastSettings(
                window: window, stateWidth: stateWidth, epochs: epochs, batchSize: batchSize,
                learningRate: learningRate, momentum: 0.9, seed: seed + UInt64(index))
            progress.title = seeds > 1 ? "seed \(settings.seed)" : ""
            do {
                return try Forecaster(training: series, settings) { epoch in
                    let done = Double(index) + Double(epoch.epoch) / Double(epochs)
                    progress.show(done / Double(seeds), endsEpoch: true, epoch.texts)
                }
            } catch let error as TrainingError {
                throw CommandFailure("training with --learning-rate \(learningRate): \(error)")
            }
        }
    }

    /// Creates the folders of the outputs, and makes sure before any work that both can be written.
    private func prepareOutputs() throws {
        let paths = ([csv].compactMap { $0 } + [model, picture])
            .map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
        guard Set(paths).count == paths.count else {
            throw CommandFailure("--csv, --model and --picture name the same file; give each its own")
        }
        for path in [model, picture] {
            try makeFolder(of: path)
            try DurableFile.check(path)
        }
    }

    /// States and their gradients of one batch, the largest thing in memory.
    private func requireMemory(for series: Series) throws {
        let sequences = min(batchSize, series.fitting.count - window)
        let bytes = 2 * (window + 1) * sequences * stateWidth * MemoryLayout<Double>.stride
        let available = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        guard bytes < available / 2 else {
            throw CommandFailure(
                "a batch needs \(bytes / 1_000_000) MB, more than half of this machine's \(available / 1_000_000); use a smaller --batch-size, --window or --state-width"
            )
        }
    }

    private func makeFolder(of path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(
                "\(folder.path): the folder cannot be created; check the path and its permissions")
        }
    }
}

extension ForecastProgress {
    fileprivate var texts: [String] {
        [
            "epoch \(epoch)/\(epochs)", "loss \(fixed(loss, 4))", "\(fixed(windowsPerSecond, 0)) windows/s",
            "validation RMSE \(fixed(validationError, 2))", "gradient norm \(fixed(gradientNorm, 3))",
        ]
    }
}

extension Forecaster {
    /// What is needed beside the weights to use the model on new values.
    fileprivate var metadata: [String: String] {
        [
            "forecast.window": "\(window)", "forecast.mean": "\(standardisation.mean)",
            "forecast.deviation": "\(standardisation.deviation)", "forecast.epoch": "\(epoch)",
        ]
    }
}
