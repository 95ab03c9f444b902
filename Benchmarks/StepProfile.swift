import RecurrentLinearAlgebra
import Recurrent

/// A breakdown of the time of a training step. Each kind of work is timed alone on one worker; then the rest of a step on
/// one worker, and the time lost by sharing.
struct StepProfile<S: Scalar> {
    let shape: Shape
    let seconds: Double
    private let work: StepWork<S>

    init(_ shape: Shape, seconds: Double) {
        (self.shape, self.seconds) = (shape, seconds)
        work = StepWork(shape: shape, seconds: seconds / 8)
    }

    func show() throws {
        let workload = try Workload<S>(shape)
        let one = try Timing(seconds: seconds, workload.trainingStep(workers: 1)).min
        let all = try Timing(seconds: seconds, workload.trainingStep(workers: Processors.usable)).min
        let parts = work.parts
        print("\(S.typeName) \(shape.cell) \(shape)            ms   share   Gflop/s")
        for part in parts { show(part, of: one) }
        let requests = try Allocations(
            warmUp: 3, runs: 3, workload.trainingStep(workers: Processors.usable)
        ).count
        let rest = one - parts.reduce(0) { $0 + $1.milliseconds }
        let lost = all * Double(Processors.usable) - one
        print(
            "the rest: biases, loss, copies of weights, clipping, update, calls \(format(rest, 3)) ms, \(format(rest / one * 100, 1)) %"
        )
        print(
            "training step \(format(one, 3)) ms on 1 worker, \(format(all, 3)) on \(Processors.usable); waiting and slower memory \(format(lost / one * 100, 1)) %; requests for memory \(requests)\n"
        )
    }

    private func show(_ part: StepPart, of step: Double) {
        let speed = 2 * Double(shape.T * shape.B) * Double(part.multiplications) / (part.milliseconds * 1e6)
        print(
            part.name.padding(toLength: 30, withPad: " ", startingAt: 0),
            format(part.milliseconds, 3, width: 9),
            format(part.milliseconds / step * 100, 1, width: 5) + " %",
            part.multiplications > 0 ? format(speed, 1, width: 9) : "")
    }
}
