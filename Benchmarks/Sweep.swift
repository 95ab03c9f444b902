import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// Training steps along one dimension, or along the number of workers, with the others fixed.
struct Sweep {
    /// The dimension that changes: "T", "B", "H" or "workers"; "B alone" is B on one worker.
    let name: String
    private(set) var points: [(width: Int, double: Record, float: Record)] = []

    var records: [Record] { points.flatMap { [$0.double, $0.float] } }

    /// Measures and prints all sweeps, one after the other.
    static func all(_ cell: CellKind, seconds: Double, workers: Int) throws -> [Sweep] {
        let numbers = Set([1, 2, 3, 4, workers]).sorted()
        let batches = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
        let sweeps = try [
            Sweep("T", [50, 100, 200, 500, 1000, 2000, 5000], seconds) {
                (Shape(T: $0, B: 32, I: 64, H: 128, cell: cell), workers)
            },
            Sweep("B", batches, seconds) { (Shape(T: 50, B: $0, I: 64, H: 128, cell: cell), workers) },
            Sweep("H", [32, 64, 128, 256, 512, 1024, 2048], seconds) {
                (Shape(T: 20, B: 32, I: $0 / 2, H: $0, cell: cell), workers)
            },
            Sweep("workers", numbers, seconds) { (Shape(T: 50, B: 64, I: 128, H: 256, cell: cell), $0) },
            // On one worker: with more, B ≤ 3 is a case of its own, one block whose chunks the workers share.
            Sweep("B alone", batches, seconds) { (Shape(T: 50, B: $0, I: 64, H: 128, cell: cell), 1) },
        ]
        for sweep in [sweeps[0], sweeps[1], sweeps[4]] { sweep.printStraightness() }
        return sweeps
    }

    /// Times all widths in several rounds, so that a machine that slows down for a while spoils no single point.
    private init(
        _ name: String, _ widths: [Int], _ seconds: Double, _ problem: (Int) -> (Shape, workers: Int)
    ) throws {
        self.name = name
        let rounds = 3
        let problems = widths.map(problem)
        let doubles = try problems.map { try Workload<Double>($0).trainingStep(workers: $1) }
        let floats = try problems.map { try Workload<Float>($0).trainingStep(workers: $1) }
        var timings: [(double: Timing?, float: Timing?)] = widths.map { _ in (nil, nil) }
        for _ in 0..<rounds {
            for index in widths.indices {
                let double = try Timing(seconds: seconds / Double(rounds), doubles[index])
                let float = try Timing(seconds: seconds / Double(rounds), floats[index])
                timings[index] = (
                    double.merged(with: timings[index].double), float.merged(with: timings[index].float)
                )
            }
        }
        for (index, width) in widths.enumerated() {
            guard let double = timings[index].double, let float = timings[index].float else { continue }
            add(width, problems[index], double, float)
        }
        print()
    }

    private mutating func add(
        _ width: Int, _ problem: (shape: Shape, workers: Int), _ double: Timing, _ float: Timing
    ) {
        func record<S: Scalar>(_ type: S.Type, _ timing: Timing) -> Record {
            let speed = problem.shape.trainingOperations / (timing.min * 1e6)
            return Record(
                "train-step", problem.shape, S.self, timing, gflops: speed, workers: problem.workers)
        }
        let point = (width: width, double: record(Double.self, double), float: record(Float.self, float))
        points.append(point)
        print(
            "\(name) = \(width)".padding(toLength: 14, withPad: " ", startingAt: 0),
            problem.shape.description.padding(toLength: 18, withPad: " ", startingAt: 0),
            format(double.min, 3, width: 10), "ms", format(point.double.gflops, 1, width: 6), "Gflop/s F64",
            format(float.min, 3, width: 10), "ms", format(point.float.gflops, 1, width: 6), "Gflop/s F32")
    }

    /// Prints the straight line through the times, fitted by least squares of relative errors, and the largest relative
    /// deviation from it.
    private func printStraightness() {
        for (scalar, record) in [("F64", \Self.Point.double), ("F32", \.float)] {
            let times = points.map { (x: Double($0.width), y: $0[keyPath: record].milliseconds.min) }
            func sum(_ term: (Double, Double) -> Double) -> Double {
                times.reduce(0) { $0 + term($1.x, $1.y) / ($1.y * $1.y) }
            }
            let (w, x, xx) = (sum { _, _ in 1 }, sum { x, _ in x }, sum { x, _ in x * x })
            let (y, xy) = (sum { _, y in y }, sum { x, y in x * y })
            let slope = (w * xy - x * y) / (w * xx - x * x)
            let start = (y - slope * x) / w
            let worst = times.map { abs($0.y / (start + slope * $0.x) - 1) }.max() ?? 0
            print(
                "\(scalar): time = \(format(start, 3)) + \(format(slope, 5)) \(name) ms, largest deviation \(format(worst * 100, 1)) %"
            )
        }
    }

    private typealias Point = (width: Int, double: Record, float: Record)
}
