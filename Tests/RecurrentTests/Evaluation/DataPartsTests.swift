import RecurrentLinearAlgebra
import Recurrent
import Testing

/// Data sets in parts.
@Suite struct DataPartsTests {
    private func data(_ count: Int, classes: Int) throws -> SequenceDataSet<Double> {
        try SequenceDataSet(
            (0..<count).map { n in Array(repeating: [Double(n)], count: 1 + n % 4) },
            targets: .classPerSequence((0..<count).map { ($0 * $0) % classes }))
    }

    private func classOf(_ sequence: Int, _ classes: Int) -> Int { (sequence * sequence) % classes }

    @Test(arguments: [2, 3, 5, 10], [false, true])
    func foldsHaveEverySequenceInOneTestPart(count: Int, isStratified: Bool) throws {
        let data = try data(47, classes: 4)
        let folds = try data.folds(count, stratified: isStratified, seed: 3)
        #expect(folds.count == count)
        #expect(folds.flatMap(\.test).sorted() == Array(0..<47))
        for fold in folds {
            #expect((fold.training + fold.test).sorted() == Array(0..<47))
            #expect(fold.test == fold.test.sorted() && fold.training == fold.training.sorted())
        }
        let sizes = folds.map(\.test.count)
        #expect(sizes.max()! - sizes.min()! <= 1)
        guard isStratified else { return }
        for index in 0..<4 {
            let counts = folds.map { fold in fold.test.count { classOf($0, 4) == index } }
            #expect(counts.max()! - counts.min()! <= 1, "class \(index)")
        }
    }

    @Test func groupsStayTogetherAndClassesAreSpread() throws {
        let data = try data(120, classes: 3)
        let groups = (0..<120).map { $0 % 23 * 100 }
        for isStratified in [false, true] {
            let folds = try data.folds(4, groups: groups, stratified: isStratified)
            for fold in folds {
                let (tested, trained) = (
                    Set(fold.test.map { groups[$0] }), Set(fold.training.map { groups[$0] })
                )
                #expect(tested.isDisjoint(with: trained))
                #expect(20...40 ~= fold.test.count)
            }
            guard isStratified else { continue }
            let share = Double((0..<120).count { classOf($0, 3) == 1 }) / 120
            for fold in folds {
                let found = Double(fold.test.count { classOf($0, 3) == 1 }) / Double(fold.test.count)
                #expect(abs(found - share) < 0.12)
            }
        }
    }

    @Test func partsHaveTheirShares() throws {
        let data = try data(100, classes: 5)
        let parts = try data.parts([0.7, 0.2, 0.1], stratified: true)
        #expect(parts.map(\.count).reduce(0, +) == 100 && Set(parts.joined()).count == 100)
        #expect(abs(parts[0].count - 70) <= 3 && abs(parts[1].count - 20) <= 3)
        #expect(try data.parts([0.7, 0.2, 0.1], stratified: true) == parts)
        #expect(try data.parts([0.7, 0.2, 0.1], stratified: true, seed: 2) != parts)
        #expect(try data.parts([7, 2, 1]).map(\.count) == [70, 20, 10])
        // Drawn once and written down: the same in every version of Swift.
        let halves = try self.data(10, classes: 2).parts([1, 1])
        #expect(halves == Self.halves, "\(halves)")
    }

    @Test func partsThatCannotBeAreNamed() throws {
        let data = try data(6, classes: 2)
        #expect(throws: DataError.emptyPart(units: 6, parts: 7)) { try data.folds(7) }
        #expect(throws: DataError.emptyPart(units: 2, parts: 3)) {
            try data.folds(3, groups: [0, 0, 0, 1, 1, 1])
        }
        let values = try SequenceDataSet<Double>([[[1]], [[2]]], targets: .perSequence([[1], [2]]))
        #expect(throws: DataError.noClasses) { try values.folds(2, stratified: true) }
    }

    @Test func aSubsetTrainsAsItsSequencesWould() throws {
        let training = SampleTraining.ragged
        var generator = RandomGenerator(seed: 1)
        let inputs = (0..<12).map { n in
            (0...n % 5).map { _ in (0..<3).map { _ in generator.uniform(within: 1) } }
        }
        let targets = inputs.map { $0.map { [$0[1], $0[2] + 1] } }
        let weights = inputs.map { $0.indices.map { Double($0 % 3) + 0.5 } }
        let values = targets.map { $0.map { $0.indices.map { Double($0) + 0.5 } } }
        let picked = [7, 3, 3, 11, 0, 6]
        func pick<Element>(_ all: [Element]) -> [Element] { picked.map { all[$0] } }
        let whole = try SequenceDataSet(
            inputs, targets: .everyStep(targets), weights: LossWeights(targets: weights, values: values))
        let alone = try SequenceDataSet(
            pick(inputs), targets: .everyStep(pick(targets)),
            weights: LossWeights(targets: pick(weights), values: pick(values)))
        func result(_ data: SequenceDataSet<Double>) throws -> [UInt8] {
            var settings = training.settings()
            settings.schedule = .constant(0.01)
            let trainer = try Trainer(training.network(Double.self), on: .sequences(data), settings)
            try trainer.run()
            return training.result(trainer)
        }
        #expect(try result(whole.subset(picked)) == result(alone))
        #expect(whole.subset(picked).lengths == picked.map { inputs[$0].count })

        let tokens = try SequenceDataSet<Double>(
            tokens: [[0, 1, 2], [3], [1, 1]], vocabulary: 4, targets: .classPerSequence([0, 1, 2]))
        var second = RandomGenerator(seed: 4)
        let reader = RecurrentNetwork<Double>(
            NetworkConfiguration(
                inputWidth: 4, stateWidth: 3, outputWidth: 3, output: .softmax, readOut: .lastStep),
            using: &second)
        let all = try reader.predict(tokens)
        #expect(try reader.predict(tokens.subset([2, 0]))[0][0] == all[2][0])
    }

    private static let halves = [[0, 1, 2, 3, 6], [4, 5, 7, 8, 9]]
}
