/// The schedule of a piece of work on any number of workers, played by one thread: every item is done alone and timed, and
/// the workers' clocks are moved as a pool would deal the items to them.
///
/// What is measured: the items, one by one, and what the caller does between them. What is played: who does an item, who
/// waits, and meetings, which take the given time. What is left out: caches and memory that processors share.
package final class PlayedSchedule {
    /// The seconds that a pool takes to hand out items and to wait for the last one, and a team of two to meet.
    package struct Costs: Sendable {
        package let handingOut: Double
        package let meeting: Double

        package init(handingOut: Double, meeting: Double) {
            (self.handingOut, self.meeting) = (handingOut, meeting)
        }

        /// The seconds that a team of any size takes to meet: every further worker is one more line of the cache to be
        /// fetched; a meeting of two fetches two, one each way.
        func meeting(of workers: Int) -> Double { workers > 1 ? meeting / 2 * Double(workers) : 0 }
    }

    /// The time of a kind of items: at work in all, and from the beginning to the end of their phases.
    package struct Kind: Sendable {
        package internal(set) var work = 0.0
        package internal(set) var elapsed = 0.0
    }

    package let workers: Int
    /// The times by the name of the work.
    package private(set) var kinds: [String: Kind] = [:]
    private let costs: Costs
    private let clock = ContinuousClock()
    /// The time that the items took here, and the time that they take on the workers.
    private var (done, played) = (0.0, 0.0)
    /// The rounds of the item at work: the longest share of each with the meeting, and all shares.
    private var (longest, sum) = (0.0, 0.0)
    private var open: OpenWork?

    package init(workers: Int, costs: Costs) { (self.workers, self.costs) = (workers, costs) }

    /// The seconds that `body` takes on the workers, of which this thread is one: all that is not handed out takes as long
    /// as here.
    package func seconds(of body: () throws -> Void) rethrows -> Double {
        (done, played, kinds) = (0, 0, [:])
        let elapsed = try measure(body)
        return elapsed - done + played
    }

    private func measure(_ body: () throws -> Void) rethrows -> Double {
        let start = clock.now
        try body()
        return (clock.now - start) / .seconds(1)
    }

    /// One item: its time alone and, where it is done in rounds, that of the longest share of every round.
    private func time(_ item: Int, of work: any ParallelWork) -> (alone: Double, played: Double) {
        (longest, sum) = (0, 0)
        let alone = measure { work.work(on: item) }
        return (alone, alone - sum + longest)
    }

    private func add(_ name: String, work: Double, elapsed: Double) {
        kinds[name, default: Kind()].work += work
        kinds[name, default: Kind()].elapsed += elapsed
        done += work
        played += elapsed
    }
}

// Items that are ready when they are handed out.
extension PlayedSchedule {
    func run(_ work: any ParallelWork, items: Int) {
        var free = [Double](repeating: 0, count: workers)
        var alone = 0.0
        for item in 0..<items {
            let times = time(item, of: work)
            alone += times.alone
            let next = free.indices.min { free[$0] < free[$1] } ?? 0
            free[next] += times.played
        }
        add(work.name, work: alone, elapsed: (free.max() ?? 0) + (items > 1 ? costs.handingOut : 0))
    }

    /// A round of a team, all shares one after the other.
    func round(shares: Int, _ body: (Int) -> Void) {
        var (longest, sum) = (0.0, 0.0)
        for share in 0..<shares {
            let time = measure { body(share) }
            longest = max(longest, time)
            sum += time
        }
        self.longest += longest + costs.meeting(of: shares)
        self.sum += sum
    }
}

// Items that become ready one after the other.
extension PlayedSchedule {
    /// Open work: the moments, by the caller's clock, at which its items became ready.
    struct OpenWork {
        let work: any ParallelWork
        let start: ContinuousClock.Instant
        var ready: [Double] = []
    }

    func begin(_ work: any ParallelWork) { open = OpenWork(work: work, start: clock.now) }

    func addItem() {
        guard let open else { return }
        self.open?.ready.append((clock.now - open.start) / .seconds(1))
    }

    func close() {
        guard let open else { return }
        self.open = nil
        // The caller joins in when it is done with what it did meanwhile.
        let own = (clock.now - open.start) / .seconds(1)
        var free = [own] + [Double](repeating: 0, count: workers - 1)
        var alone = 0.0
        for (item, ready) in open.ready.enumerated() {
            let time = time(item, of: open.work).alone
            alone += time
            let next = free.indices.min { max(free[$0], ready) < max(free[$1], ready) } ?? 0
            free[next] = max(free[next], ready) + time
        }
        // What the caller did itself is counted by `seconds(of:)`.
        add(open.work.name, work: alone, elapsed: max(0, (free.max() ?? 0) - own) + costs.handingOut)
    }
}
