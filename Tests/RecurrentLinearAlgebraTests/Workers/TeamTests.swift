import RecurrentLinearAlgebra
import Synchronization
import Testing

/// Rounds of shares, each of which adds up what all shares of the round before have left; wrong if a round begins too
/// early, or if a share is done twice or not at all.
private final class Rounds: ParallelWork, @unchecked Sendable {
    // Unchecked: a share of a round writes to a place of its own, and reads those of the round before.
    let team: Team
    let rounds: Int
    let pool: WorkerPool
    private(set) var values: [Int]
    private let delays: Bool

    init(shares: Int, rounds: Int, _ pool: WorkerPool, delays: Bool = false) {
        team = Team(capacity: shares)
        (self.rounds, self.pool, self.delays) = (rounds, pool, delays)
        values = Array(repeating: 0, count: 2 * shares)
        for share in 0..<shares { values[share] = share }
    }

    func work(on item: Int) {
        var member = team.member(share: item, of: pool)
        unsafe values.withUnsafeMutableBufferPointer { values in
            for round in 0..<rounds {
                let (before, after) = (round % 2 * team.shares, (round + 1) % 2 * team.shares)
                member.round { share in
                    var sum = share
                    for other in 0..<team.shares { sum &+= unsafe values[before + other] &* (other + 1) }
                    if delays && (share + round) % 7 == 0 { for _ in 0..<5000 { sum = sum &* 1 } }
                    unsafe values[after + share] = sum
                }
            }
        }
    }

    /// The values of the last round, computed alone.
    var expected: [Int] {
        var values = Array(0..<team.shares)
        for _ in 0..<rounds {
            let sum = values.enumerated().reduce(0) { $0 &+ $1.element &* ($1.offset + 1) }
            values = values.indices.map { sum &+ $0 }
        }
        return values
    }

    var last: [Int] { Array(values[rounds % 2 * team.shares..<(rounds % 2 + 1) * team.shares]) }
}

@Suite struct TeamTests {
    @Test(arguments: [1, 2, 3, 4, 16], [1, 2, 3, 5])
    func everyRoundBeginsWhenTheOneBeforeIsDone(workers: Int, shares: Int) {
        let pool = WorkerPool(workers: workers)
        for delays in [false, true] {
            let work = Rounds(shares: shares, rounds: 101, pool, delays: delays)
            work.team.begin(shares: shares)
            pool.run(work, items: shares)
            #expect(work.last == work.expected)
        }
    }

    /// One thread is several members of a team, one after the other: the first does the shares of all.
    @Test func sharesOfWorkersThatDoNotComeAreDone() {
        let work = Rounds(shares: 3, rounds: 4, WorkerPool(workers: 3))
        work.team.begin(shares: 3)
        work.work(on: 1)
        #expect(work.last == work.expected)
        for late in [0, 2] { work.work(on: late) }
        #expect(work.last == work.expected)
    }

    @Test func aTeamIsUsedAgainWithFewerSharesAndWithMore() {
        let pool = WorkerPool(workers: 2)
        let team = Team(capacity: 3)
        let sums = (0..<3).map { _ in Counter() }
        let work = Counting(team, sums, pool)
        for shares in [3, 1, 2, 3, 3] {
            team.begin(shares: shares)
            pool.run(work, items: shares)
        }
        #expect(sums.map { $0.value.load(ordering: .relaxed) } == [50, 40, 30])
    }
}

private final class Counter: Sendable { let value = Atomic(0) }

/// Ten rounds in which a share counts itself.
private final class Counting: ParallelWork {
    private let (team, counters, pool): (Team, [Counter], WorkerPool)

    init(_ team: Team, _ counters: [Counter], _ pool: WorkerPool) {
        (self.team, self.counters, self.pool) = (team, counters, pool)
    }

    func work(on item: Int) {
        var member = team.member(share: item, of: pool)
        for _ in 0..<10 { member.round { counters[$0].value.add(1, ordering: .relaxed) } }
    }
}
