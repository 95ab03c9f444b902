import Foundation

/// Threads that share the items of one piece of work after another: the thread of the caller and `workers` − 1 that
/// wait for it.
///
/// Chance decides which worker does which item; the result of an item does not depend on it. Running work allocates
/// nothing. Waiting threads look for items for some 100 µs before they sleep, so that the passes of a
/// training step follow each other without a call of the kernel.
package final class WorkerPool {
    /// The number of threads, with that of the caller.
    package let workers: Int
    private let shared: SharedItems?
    /// The schedule that the caller's thread plays in the place of workers.
    package let schedule: PlayedSchedule?

    /// A pool of `workers` threads, of which all but the caller's are started.
    ///
    /// - Precondition: `workers` is at least 1.
    package init(workers: Int) {
        precondition(workers >= 1, "there must be at least one worker, not \(workers)")
        self.workers = workers
        schedule = nil
        guard workers > 1 else {
            shared = nil
            return
        }
        let shared = SharedItems(threads: workers - 1)
        self.shared = shared
        for number in 1..<workers {
            let thread = Thread { shared.serve() }
            thread.name = "recurrent-\(number)"
            thread.start()
        }
    }

    /// A pool whose work is done by the caller's thread alone, while `schedule` plays it on its workers.
    package init(playing schedule: PlayedSchedule) {
        (workers, self.schedule, shared) = (schedule.workers, schedule, nil)
    }

    /// Does the items 0..<`items` of `work`, and returns when all are done.
    package func run(_ work: any ParallelWork, items: Int) {
        if let schedule { return schedule.run(work, items: items) }
        guard let shared, items > 1 else {
            for item in 0..<items { work.work(on: item) }
            return
        }
        shared.run(work, items: items)
    }

    /// Opens work whose items become ready one after another: the other workers do them while the caller does
    /// something else. Until `close` the pool takes no other work.
    ///
    /// - Precondition: there is more than one worker.
    package func open(_ work: any ParallelWork) {
        precondition(workers > 1, "open work needs more than one worker")
        shared?.open(work, ready: 0)
        schedule?.begin(work)
    }

    /// Makes one more item of the open work ready.
    package func addItem() {
        shared?.addItem()
        schedule?.addItem()
    }

    /// Joins in the rest of the open work, and returns when all of it is done.
    package func close() {
        shared?.close()
        schedule?.close()
    }

    deinit { shared?.stop() }
}
