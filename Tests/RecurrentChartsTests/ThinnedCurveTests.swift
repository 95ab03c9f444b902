import Testing

@testable import RecurrentCharts

@Suite struct ThinnedCurveTests {
    private func curve(_ count: Int, limit: Int, _ value: (Int) -> Double) -> ThinnedCurve {
        ThinnedCurve((0..<count).map { Point(Double($0), value($0)) }, limit: limit)
    }

    @Test(arguments: [0, 1, 2, 3, 21, 22, 40])
    func fewPointsAreAllKept(count: Int) {
        let curve = curve(count, limit: 66) { Double($0 * 7 % 5) }
        let all: [Point] = (0..<count).map { Point(Double($0), Double($0 * 7 % 5)) }
        #expect(curve.points == all)
        #expect(curve.count == count && !curve.isThinned)
    }

    @Test(arguments: [8, 9, 50, 1200])
    func extremesAndEndsSurviveThinning(limit: Int) {
        let curve = curve(100_003, limit: limit) { index in
            index == 54_321 ? 1e9 : index == 12_345 ? -1e9 : Double(index * 7919 % 1000)
        }
        let points = curve.points
        #expect(points.count <= limit && points.count >= limit / 4)
        #expect(points.contains(Point(54_321, 1e9)) && points.contains(Point(12_345, -1e9)))
        #expect(points.first == Point(0, 0) && points.last == Point(100_002, Double(100_002 * 7919 % 1000)))
        #expect(zip(points, points.dropFirst()).allSatisfy { $0.x < $1.x })
        #expect(curve.isThinned)
    }

    @Test func everyIntervalKeepsItsExtremes() {
        // 20 intervals of 8 points each, of which the fourth is the lowest and the seventh the highest.
        let curve = curve(160, limit: 62) { [4, 3, 2, 1, 2, 3, 9, 4][$0 % 8] }
        let inner = curve.points.dropFirst().dropLast()
        let expected: [Double] = (0..<20).flatMap { (interval: Int) -> [Double] in
            [Double(interval * 8 + 3), Double(interval * 8 + 6)]
        }
        #expect(inner.map(\.x) == expected)
        #expect(curve.means(20).map(\.y) == Array(repeating: 3.5, count: 20))
        let middles: [Double] = (0..<10).map { Double($0) * 16 + 7.5 }
        #expect(curve.means(10).map(\.x) == middles)
    }

    @Test func valuesThatAreNotFiniteAreKept() {
        let curve = curve(10_000, limit: 40) { $0 == 777 ? .nan : $0 == 9_999 ? .infinity : 1 }
        let strange = curve.points.filter { !$0.y.isFinite }
        #expect(strange.map(\.x) == [777, 9_999] && strange[0].y.isNaN && strange[1].y == .infinity)
        #expect(curve.means(10).allSatisfy { $0.y == 1 })
        #expect(self.curve(5_000, limit: 40) { _ in .nan }.points.allSatisfy { $0.y.isNaN })
    }

    @Test(arguments: [10, 5_000])
    func aRunThatResumesIsDrawnOnce(count: Int) {
        var curve = curve(count, limit: 30) { Double($0) }
        curve.remove(from: 7)
        for x in 7..<count { curve.add(Point(Double(x), -Double(x))) }
        let points = curve.points
        #expect(zip(points, points.dropFirst()).allSatisfy { $0.x < $1.x } && points.count <= 30)
        #expect(points.first == Point(0, 0) && points.last == Point(Double(count - 1), 1 - Double(count)))
        curve.remove(from: 0)
        #expect(curve.points.isEmpty)
        curve.add(Point(0, 3))
        #expect(curve.points == [Point(0, 3)])
    }
}
