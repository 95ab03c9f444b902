import Dispatch
import Foundation
import Synchronization

/// Work that is cut into items, each of which any worker may do.
package protocol ParallelWork: AnyObject {
    /// Does one item. Items run at the same time on different threads, so they write to different places.
    func work(on item: Int)
}

/// Threads that share the items of one piece of work after the other: the caller's own thread, and
/// `workers` − 1 that wait for it.
///
/// Which worker does which item is left to chance; what an item computes does not depend on it. Running
/// work allocates nothing. Waiting threads look for new work for a while before they sleep, so that
/// the pieces of a training step follow each other without a trip through the kernel.
package final class WorkerPool {
    package let workers: Int
    private let shared: Shared?

    /// - Precondition: `workers` is at least 1.
    package init(workers: Int) {
        precondition(workers >= 1, "there must be at least one worker, not \(workers)")
        self.workers = workers
        guard workers > 1 else {
            shared = nil
            return
        }
        let shared = Shared(helpers: workers - 1)
        self.shared = shared
        for number in 1..<workers {
            let thread = Thread { shared.help() }
            thread.name = "recurrent-\(number)"
            thread.start()
        }
    }

    /// Does items 0 ..< `items` of `work`, and returns when all are done.
    package func run(_ work: any ParallelWork, items: Int) {
        guard let shared, items > 1 else {
            for item in 0..<items { work.work(on: item) }
            return
        }
        shared.run(work, items: items)
    }

    /// Begins work whose items become ready one after the other, while the caller does something else: the other
    /// workers do them. Until `close` the pool takes no other work.
    ///
    /// - Precondition: there are other workers.
    package func open(_ work: any ParallelWork) {
        precondition(workers > 1, "there is nobody who could do the work meanwhile")
        shared?.open(work, ready: 0)
    }

    /// Makes the next item of the open work ready.
    package func addItem() { shared?.addItem() }

    /// Helps with what is left of the open work, and returns when all of it is done.
    package func close() { shared?.close() }

    deinit { shared?.stop() }
}

/// What the threads of a pool know of each other.
private final class Shared: @unchecked Sendable {
    // Unchecked: `work` is written by the pool's owner alone, before it publishes items and after the
    // last of them is done, and is read by a thread only between its claim of an item and its report.

    /// The items of the work at hand: how many are ready (upper half) and the next to be done (lower).
    private let items = Atomic<UInt64>(0)
    private let done = Atomic<Int>(0)
    private let sleeping = Atomic<Int>(0)
    private let stopped = Atomic<Bool>(false)
    private let alarm = DispatchSemaphore(value: 0)
    private let helpers: Int
    private var work: (any ParallelWork)?

    init(helpers: Int) { self.helpers = helpers }

    func run(_ work: any ParallelWork, items count: Int) {
        open(work, ready: count)
        wake(min(count - 1, helpers))
        close()
    }

    func open(_ work: any ParallelWork, ready: Int) {
        self.work = work
        done.store(0, ordering: .relaxed)
        items.store(UInt64(ready) << 32, ordering: .sequentiallyConsistent)
    }

    func addItem() {
        items.add(1 << 32, ordering: .sequentiallyConsistent)
        wake(1)
    }

    func close() {
        let count = Int(items.load(ordering: .relaxed) >> 32)
        while let item = claim() { perform(item) }
        var spins = 0
        while done.load(ordering: .acquiring) < count { pause(&spins) }
        work = nil
    }

    func help() {
        while !stopped.load(ordering: .relaxed) {
            if let item = claim() { perform(item) } else { waitForItems() }
        }
    }

    func stop() {
        stopped.store(true, ordering: .sequentiallyConsistent)
        for _ in 0..<helpers { alarm.signal() }
    }

    private func perform(_ item: Int) {
        work?.work(on: item)
        done.add(1, ordering: .releasing)
    }

    private var hasItems: Bool {
        let items = items.load(ordering: .sequentiallyConsistent)
        return items & 0xFFFF_FFFF < items >> 32
    }

    private func claim() -> Int? {
        var items = items.load(ordering: .sequentiallyConsistent)
        while items & 0xFFFF_FFFF < items >> 32 {
            let (exchanged, original) = self.items.compareExchange(
                expected: items, desired: items + 1, ordering: .acquiringAndReleasing)
            if exchanged { return Int(items & 0xFFFF_FFFF) }
            items = original
        }
        return nil
    }

    /// Looks for items for about a tenth of a millisecond, then sleeps until the alarm.
    private func waitForItems() {
        let start = DispatchTime.now().uptimeNanoseconds
        var spins = 0
        while DispatchTime.now().uptimeNanoseconds - start < 100_000 {
            for _ in 0..<20 {
                if hasItems || stopped.load(ordering: .relaxed) { return }
                pause(&spins)
            }
        }
        sleeping.add(1, ordering: .sequentiallyConsistent)
        if hasItems, takeSleeper() { return }
        alarm.wait()
    }

    /// Takes one thread out of the number of those asleep; whoever does so wakes it, or is it.
    private func takeSleeper() -> Bool {
        var count = sleeping.load(ordering: .sequentiallyConsistent)
        while count > 0 {
            let (exchanged, original) = sleeping.compareExchange(
                expected: count, desired: count - 1, ordering: .sequentiallyConsistent)
            if exchanged { return true }
            count = original
        }
        return false
    }

    private func wake(_ wanted: Int) {
        for _ in 0..<wanted where takeSleeper() { alarm.signal() }
    }

    /// A moment's rest: at first nothing, later the processor is given to whoever else wants it.
    private func pause(_ spins: inout Int) {
        spins += 1
        if spins % 64 == 0 { sched_yield() }
    }
}
