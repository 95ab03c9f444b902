import ArgumentParser
import Foundation
import LinearAlgebra
import Recurrent

/// Checks the engine, then times it: the peak of a large product, and training steps over a grid.
@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Checks the engine against the naive reference, then times it.",
        discussion: """
            A training step is: forward, half squared error on every step, backpropagation through \
            time, clipping by global norm, plain gradient descent; one layer, tanh, O = I, one worker.
            """)

    @Flag(help: "Check and leave out the timing.")
    var check = false

    @Flag(help: "Instead of the grid, time each product of two training steps by itself.")
    var profile = false

    @Option(help: "Also write the figures to FILE, as a JSON array.")
    var json: String?

    @Option(help: "Seconds to spend on each figure.")
    var seconds = 1.0

    func validate() throws {
        guard seconds > 0, seconds.isFinite else { throw ValidationError("--seconds must be above 0") }
    }

    func run() throws {
        printMachine()
        let isRight = try checkAgainstNaive(Double.self) && checkAgainstNaive(Float.self)
        guard isRight else {
            print("The engine is wrong here; nothing was timed.")
            throw ExitCode.failure
        }
        if check { return }
        if profile {
            for shape in [Shape.grid[3], Shape.grid[6]] {
                try ProductProfile<Double>(shape: shape, seconds: seconds).show()
                try ProductProfile<Float>(shape: shape, seconds: seconds).show()
            }
            return
        }
        let records = try time(Double.self) + time(Float.self)
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try DurableFile.write(encoder.encode(records), to: json)
            print("Wrote \(records.count) records to \(json).")
        }
    }

    private func printMachine() {
        print("BLAS: \(BLASLibrary.configuration ?? "unknown"), kernel \(BLASLibrary.kernel ?? "unknown")")
        print("Vector unit: \(VectorUnit.name), processors: \(ProcessInfo.processInfo.activeProcessorCount)")
        print("One worker, BLAS on one thread.\n")
    }

    /// The whole grid in one number type, the peak measured between the cells.
    private func time<S: Scalar>(_ type: S.Type) throws -> [Record] {
        print("\(S.typeName)                 naive ms   engine ms min   median   Gflop/s   of gemm peak")
        var peak = GemmPeak<S>(seconds: seconds)
        var records: [Record] = []
        for shape in Shape.grid {
            peak.measure()
            let engine = try TrainingStep<S>(shape).time(seconds: seconds)
            let two = try TrainingStep<S>(shape).time(seconds: seconds, workers: 2)
            print(shape, "1:", engine.min, "2:", two.min, "gflops2:", shape.operations / two.min / 1e6)
            let naive = shape.operations < 2e9 ? NaiveTrainingStep(shape).time() : nil
            let record = Record(shape, scalar: S.self, engine)
            records.append(record)
            let share = record.gflops / peak.gflops * 100
            print(
                shape.description.padding(toLength: 20, withPad: " ", startingAt: 0),
                (naive.map { format($0.min, 3, width: 11) } ?? "          –"),
                format(engine.min, 3, width: 15), format(engine.median, 3, width: 8),
                format(record.gflops, 1, width: 9), format(share, 0, width: 12) + " %")
        }
        print("gemm \(peak.size)³: \(format(peak.gflops, 1)) Gflop/s\n")
        return records + [peak.record]
    }
}
