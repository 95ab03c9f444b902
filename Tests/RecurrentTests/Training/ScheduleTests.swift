import Foundation
import Recurrent
import Testing

@Suite struct ScheduleTests {
    static let schedules: [(String, Schedule)] = [
        ("step", .step(0.4, every: 7, factor: 0.5)),
        ("exponential", .exponential(0.4, factor: 0.9)),
        ("cosine", .cosine(0.4, steps: 40)),
        ("cosine minimum", .cosine(0.4, steps: 40, minimum: 0.01)),
        ("one cycle", .oneCycle(maximum: 0.4, steps: 40)),
        ("one cycle other", .oneCycle(maximum: 0.4, steps: 23, rising: 0.45, divisor: 10, finalDivisor: 100)),
        ("warm-up step", .warmUp(steps: 10, .step(0.4, every: 7, factor: 0.5))),
        ("warm-up cosine", .warmUp(steps: 5, start: 0.1, .cosine(0.4, steps: 35))),
    ]

    @Test(arguments: schedules)
    func learningRatesAreThoseOfPyTorch(name: String, schedule: Schedule) throws {
        let rates = try #require(RecordedOptimisers.read().schedules[name])
        for (step, rate) in rates.enumerated() {
            #expect(abs(schedule.learningRate(at: step) - rate) <= Tolerance.schedule * rate, "step \(step)")
        }
        #expect(try RecordedOptimisers.read().schedules.count == Self.schedules.count)
    }

    @Test(arguments: schedules)
    func aStoredScheduleIsTheSame(name: String, schedule: Schedule) throws {
        let data = try JSONEncoder().encode(schedule)
        #expect(try JSONDecoder().decode(Schedule.self, from: data) == schedule)
    }

    @Test func aScheduleKnowsItsLength() {
        #expect(Schedule.constant(1).length == nil)
        #expect(Schedule.step(1, every: 2).length == nil)
        #expect(Schedule.exponential(1, factor: 0.5).length == nil)
        #expect(Schedule.warmUp(steps: 3, .constant(1)).length == nil)
        #expect(Schedule.warmUp(steps: 3, .cosine(1, steps: 9)).length == 12)
        #expect(Schedule.oneCycle(maximum: 1, steps: 9).length == 9)
    }

    @Test func ratesStayAboveZeroDuringAScheduleAndAfter() {
        for steps in [1, 2, 3, 4, 5, 1000, 1_000_000_000] {
            for schedule in [Schedule.cosine(0.4, steps: steps), .oneCycle(maximum: 0.4, steps: steps)] {
                let last = schedule.learningRate(at: steps - 1)
                #expect(last > 0 && last <= 0.4, "\(schedule)")
                #expect(schedule.learningRate(at: steps) == last)
                #expect(schedule.learningRate(at: .max) == last)
                #expect(0..<0.4001 ~= schedule.learningRate(at: 0))
            }
        }
        #expect(Schedule.constant(0.25).learningRate(at: .max) == 0.25)
    }

    @Test func oneCycleReachesItsMaximumAndEndsAtItsMinimum() {
        let cycle = Schedule.oneCycle(maximum: 1, steps: 10, rising: 0.5)
        #expect(abs(cycle.learningRate(at: 0) - 1.0 / 25) < 1e-16)
        #expect(cycle.learningRate(at: 4) == 1)
        #expect(abs(cycle.learningRate(at: 9) - 1.0 / 25 / 1e4) < 1e-20)
    }

    @Test func whatIsWrongWithAScheduleIsSaid() {
        func expect(_ words: String, _ schedule: Schedule) {
            #expect(schedule.problem?.contains(words) == true, "\(schedule.problem ?? "no problem")")
        }
        expect("learning rate of 0.0", .constant(0))
        expect("learning rate of nan", .exponential(.nan, factor: 1))
        expect("factor of 0.0", .step(1, every: 1, factor: 0))
        expect("at least one step, not 0", .step(1, every: 0))
        expect("at least one step, not -1", .cosine(1, steps: -1))
        expect("too long", .warmUp(steps: .max, .cosine(1, steps: 1)))
        expect("minimum of 2.0", .cosine(1, steps: 1, minimum: 2))
        expect("rising share of 1.0", .oneCycle(maximum: 1, steps: 1, rising: 1))
        expect("divisor of 0.0", .oneCycle(maximum: 1, steps: 1, divisor: 0))
        expect("start of 0.0", .warmUp(steps: 1, start: 0, .constant(1)))
        expect("learning rate of -1.0", .warmUp(steps: 1, .constant(-1)))
        #expect(Self.schedules.allSatisfy { $0.1.problem == nil })
    }

    @Test(arguments: [
        ("defaults", ReduceOnPlateau(learningRate: 0.4)),
        ("impatient", ReduceOnPlateau(learningRate: 0.4, factor: 0.5, patience: 1)),
        ("cooldown", ReduceOnPlateau(learningRate: 0.4, factor: 0.5, patience: 2, cooldown: 3)),
        ("threshold", ReduceOnPlateau(learningRate: 0.4, factor: 0.5, patience: 2, threshold: 0.3)),
        ("minimum", ReduceOnPlateau(learningRate: 0.4, factor: 0.5, patience: 0, minimum: 0.02)),
        (
            "smallest change",
            ReduceOnPlateau(learningRate: 0.4, factor: 0.5, patience: 0, smallestChange: 0.01)
        ),
    ])
    func aPlateauReducesTheRateAsPyTorchDoes(name: String, plateau: ReduceOnPlateau) throws {
        let plateaus = try RecordedOptimisers.read().plateaus
        let rates = try #require(plateaus.rates[name])
        var plateau = plateau
        for (loss, rate) in zip(plateaus.losses, rates) {
            // Stored and read back before every observation, as by a checkpoint.
            plateau = try JSONDecoder().decode(
                ReduceOnPlateau.self, from: JSONEncoder().encode(plateau))
            #expect(plateau.observe(loss ?? .nan) == rate)
        }
        #expect(plateau.learningRate < 0.4)
    }

    @Test func lossesThatAreNotFiniteAreNotBetter() {
        var plateau = ReduceOnPlateau(learningRate: 1, factor: 0.5, patience: 1)
        #expect(plateau.observe(.infinity) == 1 && plateau.best == nil)
        #expect(plateau.observe(-.infinity) == 0.5 && plateau.best == nil)
        #expect(plateau.observe(3) == 0.5 && plateau.best == 3)
        #expect(plateau.observe(.nan) == 0.5 && plateau.observe(.nan) == 0.25 && plateau.best == 3)
    }
}
