import Testing

@testable import Recurrent

/// The rows that a cell reads, against the steps and sequences that they belong to.
@Suite struct ReadingOrderTests {
    /// A row of the block: a step of a sequence.
    private struct Place: Hashable {
        let step: Int
        let sequence: Int
    }

    private static let lengths = [2, 3, 3, 6, 7]
    private static let block = SequenceBlock(
        Array(lengths.indices), lengths: lengths, firstRow: 0, firstPlace: 0)

    /// The step and sequence of every row: step by step the sequences that have it.
    private static let places = (0..<7).flatMap { step in
        lengths.indices.filter { lengths[$0] > step }.map { Place(step: step, sequence: $0) }
    }

    @Test(arguments: [false, true], [0..<7, 0..<4, 2..<7])
    func everyRowFollowsTheSameSequencesStepBefore(isReverse: Bool, steps: Range<Int>) {
        // Networks that read both ways are worked as one segment.
        let segmentSteps = isReverse ? 0..<7 : steps
        let segment = BlockSegment(Self.block, segmentSteps)
        let order = ReadingOrder(segment: segment, isReverse: isReverse)
        var read: [Place] = []
        order.forEachStep(of: steps) { step in
            for some in [step.beginning, step.continuing].compactMap({ $0 }) {
                for ((row, before), sequence) in zip(zip(some.rows, some.before), some.sequences) {
                    let place = Self.places[segment.firstRow + row]
                    #expect(place == Place(step: step.number, sequence: sequence))
                    expectBefore(before, of: place, order)
                    read.append(place)
                }
            }
        }
        let expected = Self.places.filter { steps.contains($0.step) }
        #expect(Set(read) == Set(expected))
        let inTime = read.map(\.step).sorted()
        #expect(read.map(\.step) == (isReverse ? inTime.reversed() : inTime))
    }

    @Test(arguments: [false, true], [0..<7, 0..<4, 2..<7])
    func recurrencesPairTheSameRowsAsTheSteps(isReverse: Bool, steps: Range<Int>) {
        let segment = BlockSegment(Self.block, isReverse ? 0..<7 : steps)
        let order = ReadingOrder(segment: segment, isReverse: isReverse)
        var made: [Int] = []
        order.forEachRecurrence(of: steps) { before, rows in
            #expect(before.count == rows.count)
            for (before, row) in zip(before, rows) {
                made.append(row)
                // Rows that a reverse cell begins with stand for the last step of their sequence.
                let place =
                    row < segment.rowCount
                    ? Self.places[segment.firstRow + row]
                    : Place(step: Self.lengths[row - segment.rowCount] - 1, sequence: row - segment.rowCount)
                expectBefore(before, of: place, order)
            }
        }
        #expect(made.count == Set(made).count)
    }

    @Test(arguments: [false, true]) func everySequenceEndsOnce(isReverse: Bool) {
        let segment = BlockSegment(Self.block, 0..<7)
        var ends: [Int: Place] = [:]
        ReadingOrder(segment: segment, isReverse: isReverse).forEachEnd(within: 0..<7) { rows, sequences in
            for (row, sequence) in zip(rows, sequences) { ends[sequence] = Self.places[row] }
        }
        #expect(ends.count == Self.lengths.count)
        for (sequence, length) in Self.lengths.enumerated() {
            #expect(ends[sequence] == Place(step: isReverse ? 0 : length - 1, sequence: sequence))
        }
    }

    /// The row before is that of the step that was read before, or one of the states that the cell begins with.
    private func expectBefore(_ before: Int, of place: Place, _ order: ReadingOrder) {
        let (segment, n) = (order.segment, order.segment.initialRows)
        let first = Self.lengths.count - n + before + n
        if before < 0 {
            #expect(place.step == segment.steps.lowerBound && place.sequence == first)
        } else if before >= segment.rowCount {
            #expect(place.step == Self.lengths[place.sequence] - 1)
            #expect(place.sequence == before - segment.rowCount)
        } else {
            let step = place.step + (order.isReverse ? 1 : -1)
            #expect(Self.places[segment.firstRow + before] == Place(step: step, sequence: place.sequence))
        }
    }
}
