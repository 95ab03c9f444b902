import RecurrentLinearAlgebra

/// The times that workers take to meet, measured on two threads.
enum MeetingCosts {
    static func measured(seconds: Double) -> PlayedSchedule.Costs {
        guard Processors.usable > 1 else { return PlayedSchedule.Costs(handingOut: 5e-7, meeting: 2e-7) }
        let pool = WorkerPool(workers: 2)
        let rounds = Rounds(pool)
        let nothing = Nothing()
        let handingOut = Timing(seconds: seconds, repeats: 100) { pool.run(nothing, items: 2) }.min
        let all = Timing(seconds: seconds) { rounds.run() }.min
        let alone = Timing(seconds: seconds) { rounds.doOneShare() }.min
        return PlayedSchedule.Costs(
            handingOut: handingOut / 1e3, meeting: max(0, all - alone) / 1e3 / Double(Rounds.count))
    }
}

private final class Nothing: ParallelWork {
    func work(on item: Int) {}
}

/// Rounds of two shares that take a microsecond each, so that neither worker does that of the other.
private final class Rounds: ParallelWork {
    static let count = 1000
    private let (pool, team): (WorkerPool, Team)
    private let numbers: [Matrix<Double>]

    init(_ pool: WorkerPool) {
        (self.pool, team) = (pool, Team(capacity: 2))
        numbers = (0..<2).map { Matrix(rows: 1, columns: 1000 + $0) { _, _ in 1 } }
    }

    func run() {
        team.begin(shares: 2)
        pool.run(self, items: 2)
    }

    func work(on item: Int) {
        var member = team.member(share: item, of: pool)
        for _ in 0..<Self.count { member.round { share in doShare(share) } }
    }

    func doOneShare() { for _ in 0..<Self.count { doShare(0) } }

    private func doShare(_ share: Int) {
        let isFinite = (0..<8).allSatisfy { _ in numbers[share].withView { $0.isFinite } }
        precondition(isFinite)
    }
}
