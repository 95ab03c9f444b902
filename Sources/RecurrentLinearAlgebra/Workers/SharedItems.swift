internal import CRecurrentKernels
import Dispatch
import Synchronization

/// The work of a pool and the state of its items, shared by its threads.
final class SharedItems: @unchecked Sendable {
    // Unchecked: `work` is written by the pool's owner alone, before it publishes items and after the last of
    // them is done; other threads read it only between claiming an item and reporting it as done.

    /// The number of items that are ready (upper half) and the next one to be claimed (lower half).
    private let items = Atomic<UInt64>(0)
    /// The number of items that are done.
    private let done = Atomic<Int>(0)
    /// The number of sleeping threads that nobody has chosen to wake.
    private let sleeping = Atomic<Int>(0)
    private let stopped = Atomic<Bool>(false)
    private let alarm = DispatchSemaphore(value: 0)
    /// The number of threads besides the owner's.
    private let threads: Int
    /// The looks for items before a thread sleeps.
    private let looks: Int
    private var work: (any ParallelWork)?

    init(threads: Int) {
        self.threads = threads
        looks = threads < Processors.usable ? Tuning.looksBeforeSleep : Tuning.looksOfCrowds
    }

    func run(_ work: any ParallelWork, items count: Int) {
        open(work, ready: count)
        wake(min(count - 1, threads))
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
        var waiting = Waiting(threads: threads + 1)
        while done.load(ordering: .acquiring) < count { waiting.pause() }
        work = nil
    }

    /// The life of a thread: does items, and waits for them, until `stop`.
    func serve() {
        while !stopped.load(ordering: .relaxed) {
            if let item = claim() { perform(item) } else { waitForItems() }
        }
    }

    func stop() {
        stopped.store(true, ordering: .sequentiallyConsistent)
        for _ in 0..<threads { alarm.signal() }
    }

    private func perform(_ item: Int) {
        work?.work(on: item)
        done.add(1, ordering: .releasing)
    }

    private var hasItems: Bool {
        let items = items.load(ordering: .sequentiallyConsistent)
        return items & 0xFFFF_FFFF < items >> 32
    }

    /// Takes the next item that is ready, or returns nil if there is none.
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

    /// Looks for items for a while, then sleeps until the alarm.
    private func waitForItems() {
        for _ in 0..<looks {
            if hasItems || stopped.load(ordering: .relaxed) { return }
            // Those who hand out items write what is looked at here.
            for _ in 0..<Tuning.pausesPerLook { recurrent_spin() }
        }
        sleeping.add(1, ordering: .sequentiallyConsistent)
        if hasItems, removeSleeper() { return }
        alarm.wait()
    }

    /// Removes one thread from the number of sleeping ones. True if there was one: the caller wakes it, or is it.
    private func removeSleeper() -> Bool {
        var count = sleeping.load(ordering: .sequentiallyConsistent)
        while count > 0 {
            let (exchanged, original) = sleeping.compareExchange(
                expected: count, desired: count - 1, ordering: .sequentiallyConsistent)
            if exchanged { return true }
            count = original
        }
        return false
    }

    /// Wakes up to `wanted` sleeping threads.
    private func wake(_ wanted: Int) {
        for _ in 0..<wanted where removeSleeper() { alarm.signal() }
    }
}
