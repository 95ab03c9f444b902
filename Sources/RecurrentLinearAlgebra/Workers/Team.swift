import Synchronization

/// Work that is done in rounds, each of which is cut into the same shares: a round begins when all shares of the one
/// before are done.
///
/// Every worker goes through all rounds. It does its own share, unless somebody has begun with it, waits for the others,
/// and does those that nobody has begun with. So a worker that comes late, or not at all, delays nobody, and it does not
/// matter how many there are. Which worker does a share has no influence on what it does.
package final class Team: @unchecked Sendable {
    // Unchecked: the pointer is set once, and what it points to is atomic.

    /// The last round whose share was begun with, and the last whose share is done: two for each share, each in a line of
    /// the cache of its own.
    private let rounds: UnsafeMutablePointer<Atomic<Int>>
    /// The most shares.
    package let capacity: Int
    /// The number of shares.
    package private(set) var shares: Int
    /// The last round of the work before.
    private var firstRound = 0

    /// - Parameter capacity: the most shares.
    package init(capacity: Int) {
        (self.capacity, shares) = (capacity, capacity)
        unsafe rounds = .allocate(capacity: 2 * capacity * Tuning.atomicsPerLine)
        for index in 0..<2 * capacity * Tuning.atomicsPerLine {
            unsafe (rounds + index).initialize(to: Atomic(0))
        }
    }

    deinit {
        unsafe rounds.deinitialize(count: 2 * capacity * Tuning.atomicsPerLine)
        unsafe rounds.deallocate()
    }

    /// Sets the number of shares of the work to come, while nobody is at work.
    ///
    /// - Precondition: `shares` is at most the capacity.
    package func begin(shares: Int) {
        require(shares <= capacity, "a team of \(capacity) shares cannot have \(shares)")
        if self.shares > 0 { firstRound = unsafe rounds[done(0)].load(ordering: .acquiring) }
        for share in 0..<shares {
            unsafe rounds[begun(share)].store(firstRound, ordering: .relaxed)
            unsafe rounds[done(share)].store(firstRound, ordering: .relaxed)
        }
        self.shares = shares
    }

    /// A worker's way through the rounds.
    ///
    /// - Parameters:
    ///   - share: the worker's own share; workers with a number beyond the shares have none.
    ///   - pool: the pool that the worker is one of.
    package func member(share: Int, of pool: WorkerPool) -> Member {
        unsafe Member(
            team: self, share: share, threads: pool.workers, schedule: pool.schedule, round: firstRound)
    }

    /// A worker of a team. Each worker has one of its own.
    package struct Member {
        fileprivate unowned(unsafe) let team: Team
        fileprivate let share: Int
        fileprivate let threads: Int
        fileprivate unowned(unsafe) let schedule: PlayedSchedule?
        fileprivate var round: Int

        /// One more round: returns when all its shares are done. `body` does one share.
        @inline(__always)
        package mutating func round(_ body: (_ share: Int) -> Void) {
            let team = unsafe team
            if let schedule = unsafe schedule {
                return share == 0 ? schedule.round(shares: team.shares, body) : ()
            }
            round += 1
            if share < team.shares { team.attempt(share, round, body) }
            for share in 0..<team.shares { team.finish(share, round, threads, body) }
        }
    }

    /// Does a share, if nobody has begun with it.
    private func attempt(_ share: Int, _ round: Int, _ body: (Int) -> Void) {
        let (isOwn, _) = unsafe rounds[begun(share)].compareExchange(
            expected: round - 1, desired: round, ordering: .acquiringAndReleasing)
        guard isOwn else { return }
        body(share)
        unsafe rounds[done(share)].store(round, ordering: .releasing)
    }

    /// Waits until a share is done, or does it.
    private func finish(_ share: Int, _ round: Int, _ threads: Int, _ body: (Int) -> Void) {
        var waiting = Waiting(threads: threads)
        while unsafe rounds[done(share)].load(ordering: .acquiring) < round {
            if unsafe rounds[begun(share)].load(ordering: .relaxed) < round { attempt(share, round, body) }
            waiting.pause()
        }
    }

    /// The places of a share's two rounds.
    private func begun(_ share: Int) -> Int { 2 * share * Tuning.atomicsPerLine }
    private func done(_ share: Int) -> Int { (2 * share + 1) * Tuning.atomicsPerLine }
}
