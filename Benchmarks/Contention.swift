import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// Measures a training beside other programs: the time of a step alone, and beside as many busy processes as there are
/// processors. Prints a line for each shape.
func measureContention(_ cell: CellKind, seconds: Double, workers: Int) throws {
    for shape in Shape.contended(cell) {
        try measureContention(Double.self, shape, seconds: seconds, workers: workers)
        try measureContention(Float.self, shape, seconds: seconds, workers: workers)
    }
}

private func measureContention<S: Scalar>(
    _ type: S.Type, _ shape: Shape, seconds: Double, workers: Int
) throws {
    let step = try Workload<S>(shape).trainingStep(workers: workers)
    let alone = try steps(in: seconds, step)
    let others = try (0..<Processors.usable).map { _ in try BusyProcess() }
    let beside = try steps(in: 3 * seconds, step)
    for other in others { other.stop() }
    print(
        "\(S.typeName) \(shape.cell) \(shape): \(format(alone, 3)) ms a step alone, \(format(beside, 3)) beside \(others.count) busy processes, \(format(beside / alone, 2)) times"
    )
}

/// The mean time of a step, in milliseconds: a step that waits long for its turn counts as long as it takes.
private func steps(in seconds: Double, _ step: () throws -> Void) throws -> Double {
    let clock = ContinuousClock()
    for _ in 0..<3 { try step() }
    var count = 0.0
    let start = clock.now
    while clock.now - start < .seconds(seconds) {
        try step()
        count += 1
    }
    return (clock.now - start) / .milliseconds(1) / count
}

/// A process that does nothing as fast as it can.
private final class BusyProcess {
    private let process = Process()

    init() throws {
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "while :; do :; done"]
        try process.run()
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}

extension Shape {
    /// Steps of a tenth of a millisecond to tens of milliseconds, with and without teams.
    fileprivate static func contended(_ cell: CellKind) -> [Shape] {
        [(50, 1, 64, 128), (50, 1, 256, 512), (50, 16, 32, 64), (50, 32, 64, 128), (50, 64, 256, 512)].map {
            Shape(T: $0.0, B: $0.1, I: $0.2, H: $0.3, cell: cell)
        }
    }
}
