import RecurrentLinearAlgebra
import Synchronization
import Testing

/// Work that counts how often each of its items is done.
private final class Tally: ParallelWork {
    let counts: [Atomic<Int>.Box]

    init(items: Int) { counts = (0..<items).map { _ in Atomic<Int>.Box() } }

    func work(on item: Int) { counts[item].value.add(1, ordering: .relaxed) }

    var numbers: [Int] { counts.map { $0.value.load(ordering: .relaxed) } }
}

extension Atomic where Value == Int {
    fileprivate final class Box: Sendable { let value = Atomic<Int>(0) }
}

@Suite struct WorkerPoolTests {
    @Test(arguments: [1, 2, 3, 4, 7])
    func everyItemIsDoneExactlyOnceARun(workers: Int) {
        let pool = WorkerPool(workers: workers)
        for items in [0, 1, 2, 3, 8, 100] {
            let tally = Tally(items: items)
            for _ in 0..<50 { pool.run(tally, items: items) }
            #expect(tally.numbers == Array(repeating: 50, count: items))
        }
    }

    @Test func sleepingWorkersWakeUp() async throws {
        let pool = WorkerPool(workers: 3)
        let tally = Tally(items: 20)
        for _ in 0..<5 {
            pool.run(tally, items: 20)
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(tally.numbers == Array(repeating: 5, count: 20))
    }

    /// Items that become ready while the workers spin or sleep, and a run after them.
    @Test(arguments: [2, 3, 7]) func everyItemThatIsAddedIsDoneExactlyOnce(workers: Int) async throws {
        let pool = WorkerPool(workers: workers)
        for items in [0, 1, 2, 30] {
            let (added, run) = (Tally(items: items), Tally(items: 5))
            for round in 0..<50 {
                pool.open(added)
                for item in 0..<items {
                    if round == 7 && item % 9 == 1 { try await Task.sleep(for: .milliseconds(1)) }
                    pool.addItem()
                }
                pool.close()
                #expect(added.numbers == Array(repeating: round + 1, count: items))
                pool.run(run, items: 5)
            }
            #expect(run.numbers == Array(repeating: 50, count: 5))
        }
    }

    @Test func poolsComeAndGo() {
        let tally = Tally(items: 4)
        for _ in 0..<100 { WorkerPool(workers: 4).run(tally, items: 4) }
        #expect(tally.numbers == Array(repeating: 100, count: 4))
    }

    @Test func thereIsAtLeastOneUsableProcessor() {
        #expect(Processors.usable >= 1)
    }
}
