import RecurrentLinearAlgebra
import Recurrent

/// Predicts training steps on more workers than this machine has: every item of a step is timed alone, and the schedule is
/// played with the meetings that are measured here. Prints a table for each number type, with the clock's own times on as
/// many workers as there are processors.
func modelWorkers<S: Scalar>(_ type: S.Type, _ cell: CellKind, seconds: Double) throws {
    let costs = MeetingCosts.measured(seconds: seconds)
    print(
        "\(S.typeName) \(cell): milliseconds of a training step, and its share of one worker's time over the workers; handing out items \(format(costs.handingOut * 1e6, 2)) µs, a meeting of two \(format(costs.meeting * 1e6, 2)) µs"
    )
    for shape in Shape.modelled(cell) {
        try ScheduleModel<S>(shape, costs, seconds: seconds).show()
    }
    print()
}

private struct ScheduleModel<S: Scalar> {
    let shape: Shape
    let costs: PlayedSchedule.Costs
    let seconds: Double
    private let workload: Workload<S>

    init(_ shape: Shape, _ costs: PlayedSchedule.Costs, seconds: Double) throws {
        (self.shape, self.costs, self.seconds) = (shape, costs, seconds)
        workload = try Workload(shape)
    }

    /// Prints the predicted times, what the workers wait for where they are most, and the clock's times.
    func show() throws {
        var line = shape.description.padding(toLength: 20, withPad: " ", startingAt: 0)
        var alone = 0.0
        var last: Played?
        for workers in [1, 2, 4, 8, 16, 32, 64] {
            let played = try play(workers: workers)
            if workers == 1 { alone = played.seconds }
            line += " \(format(played.seconds * 1e3, 3, width: 8)) "
            line += format(alone / played.seconds / Double(workers) * 100, 0, width: 3) + " %"
            if workers == 16 { last = played }
        }
        for workers in 1...Processors.usable {
            let clock = try Timing(seconds: seconds, workload.trainingStep(workers: workers)).min
            line += "   clock \(workers): \(format(clock, 3))"
        }
        print(line)
        if let last { print("    16 workers wait for: \(last.waits(workers: 16))") }
    }

    private struct Played {
        var seconds = Double.infinity
        var kinds: [String: PlayedSchedule.Kind] = [:]

        /// The kinds of work that cost the most of the workers' time by waiting, with their shares of it.
        func waits(workers: Int) -> String {
            let all = seconds * Double(workers)
            let handedOut = kinds.values.reduce(0) { $0 + $1.elapsed }
            var waits = kinds.map { ($0.key, $0.value.elapsed * Double(workers) - $0.value.work) }
            waits.append(("the caller alone", (seconds - handedOut) * Double(workers - 1)))
            return waits.sorted { $0.1 > $1.1 }.prefix(4)
                .map { "\($0.0) \(format($0.1 / all * 100, 1)) %" }.joined(separator: ", ")
        }
    }

    /// The fastest of some steps.
    private func play(workers: Int) throws -> Played {
        let schedule = PlayedSchedule(workers: workers, costs: costs)
        let step = workload.trainingStep(playing: schedule)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var (best, steps) = (Played(), 0)
        while steps < 4 || clock.now < end {
            let time = try schedule.seconds(of: step)
            steps += 1
            if time < best.seconds { best = Played(seconds: time, kinds: schedule.kinds) }
        }
        return best
    }
}

extension Shape {
    /// The grid, and one sequence, eight and many.
    fileprivate static func modelled(_ cell: CellKind) -> [Shape] {
        [
            (50, 1, 256, 512), (50, 8, 256, 512), (50, 256, 256, 512), (50, 32, 64, 128), (50, 32, 128, 256),
            (100, 64, 128, 256), (50, 64, 256, 512), (35, 128, 512, 1024),
        ].map { Shape(T: $0.0, B: $0.1, I: $0.2, H: $0.3, cell: cell) }
    }
}
