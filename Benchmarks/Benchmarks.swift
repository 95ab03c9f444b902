import ArgumentParser
import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// Checks the engine, then times it.
@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Checks the engine against the naive reference, then times it.",
        discussion: """
            A training step is: forward, half squared error on every step, backpropagation through \
            time, clipping by global norm, plain gradient descent; one layer, O = I.
            """)

    @Flag(help: "Only check the engine, without timing it.")
    var check = false

    @Flag(help: "Instead of the grid, show where the time of three training steps goes.")
    var profile = false

    @Flag(help: "Instead of the grid, compare a trainer, checkpoints and deeper networks with the bare step.")
    var training = false

    @Flag(help: "Instead of the grid, measure how fast text and tables of 100 MB are read.")
    var reading = false

    @Flag(help: "Instead of the grid, predict training steps on up to 64 workers.")
    var model = false

    @Flag(help: "Instead of the grid, time training steps beside as many busy processes as processors.")
    var contention = false

    @Flag(help: "Instead of the grid, time training steps along T, B, H and the number of workers.")
    var sweep = false

    @Flag(help: "Only print a SHA-256 of the results of each of many problems, to compare two builds.")
    var digest = false

    @Flag(help: "Obey commands on standard input, as one of the programs that make bench-peers compares.")
    var contender = false

    @Option(help: "The cell that is timed; Elman's has tanh. All are checked.")
    var cell = CellKind.elman

    @Option(help: ArgumentHelp("The number of threads.", valueName: "n"))
    var workers = Processors.usable

    @Option(help: ArgumentHelp("Also write the figures to this file, as a JSON array.", valueName: "file"))
    var json: String?

    @Option(
        help: ArgumentHelp(
            "With --sweep, also draw the figures into this folder, as SVG.", valueName: "folder"))
    var plots: String?

    @Option(help: "The time to spend on each figure, in seconds.")
    var seconds = 1.0

    func validate() throws {
        guard seconds > 0, seconds.isFinite else { throw ValidationError("--seconds must be above 0") }
        guard workers > 0 else { throw ValidationError("--workers must be at least 1") }
        guard plots == nil || sweep else { throw ValidationError("--plots needs --sweep") }
    }

    func run() throws {
        if contender {
            var contender = Contender()
            return contender.run()
        }
        if digest { return try printDigest(workers: workers) }
        printMachine()
        if reading { return try measureReading() }
        if model {
            try modelWorkers(Double.self, cell, seconds: seconds / 4)
            try modelWorkers(Float.self, cell, seconds: seconds / 4)
            return
        }
        if contention { return try measureContention(cell, seconds: seconds, workers: workers) }
        let isRight = try [
            checkAgainstNaive(Double.self, workers: workers),
            checkAgainstNaive(Float.self, workers: workers), checkAllocations(),
            checkWorkers(),
        ].allSatisfy { $0 }
        guard isRight else {
            print("The checks failed; nothing was timed.")
            throw ExitCode.failure
        }
        if check { return }
        print()
        let records = try measure()
        guard let json else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try DurableFile.write(encoder.encode(records), to: json)
        print("Wrote \(records.count) records to \(json).")
    }

    private func measure() throws -> [Record] {
        if profile {
            let grid = Shape.grid(of: cell)
            for shape in [grid[0], grid[3], grid[6]] {
                try StepProfile<Double>(shape, seconds: seconds).show()
                try StepProfile<Float>(shape, seconds: seconds).show()
            }
            return []
        }
        if training {
            return try timeTrainingCosts(Double.self, cell, seconds: seconds, workers: workers)
                + timeTrainingCosts(Float.self, cell, seconds: seconds, workers: workers)
        }
        if sweep {
            return try measureSweeps()
        }
        return try measureMemory(cell, seconds: seconds, workers: workers)
            + timeGrid(Double.self, cell, seconds: seconds, workers: workers)
            + timeGrid(Float.self, cell, seconds: seconds, workers: workers)
            + timeStreaming(Double.self, cell, seconds: seconds)
            + timeStreaming(Float.self, cell, seconds: seconds)
            + timeRagged(Double.self, cell, seconds: seconds, workers: workers)
            + timeRagged(Float.self, cell, seconds: seconds, workers: workers)
    }

    private func measureSweeps() throws -> [Record] {
        var peaks = (GemmPeak<Double>(seconds: seconds), GemmPeak<Float>(seconds: seconds))
        func measurePeaks() {
            peaks.0.measure()
            peaks.1.measure()
        }
        measurePeaks()
        let sweeps = try Sweep.all(cell, seconds: seconds, workers: workers)
        measurePeaks()
        print("gemm 2048³: \(format(peaks.0.gflops, 1)) Gflop/s F64, \(format(peaks.1.gflops, 1)) F32")
        if let plots {
            try FileManager.default.createDirectory(atPath: plots, withIntermediateDirectories: true)
            for sweep in sweeps.prefix(4) {
                try DurableFile.write(Data(sweep.timePlot.svg.utf8), to: "\(plots)/time-\(sweep.name).svg")
            }
            let share = sweeps[2].sharePlot(peak: (peaks.0.gflops, peaks.1.gflops))
            try DurableFile.write(Data(share.svg.utf8), to: "\(plots)/share-of-peak.svg")
            print("Drew the sweeps into \(plots).")
        }
        return sweeps.flatMap(\.records) + [peaks.0.record, peaks.1.record]
    }

    private func printMachine() {
        print("BLAS: \(BLASLibrary.configuration ?? "unknown"), kernel \(BLASLibrary.kernel ?? "unknown")")
        print("      \(BLASLibrary.file ?? "of an unknown file")")
        print("Vector unit: \(VectorUnit.name), processors: \(Processors.usable), workers: \(workers)\n")
    }
}
