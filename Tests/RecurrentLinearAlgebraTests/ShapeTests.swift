import RecurrentLinearAlgebra
import TestSupport
import Testing

/// Shapes that do not fit stop the program.
@Suite struct ShapeTests {
    @Test func productsOfShapesThatDoNotFitStop() async {
        expectMessage(
            "(2 × 3) · (2 × 3) does not give (2 × 3)",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Matrix<Double>(rows: 2, columns: 3) * Matrix<Double>(rows: 2, columns: 3)
            })
    }

    @Test func indicesOutsideStop() async {
        expectMessage(
            "row 2 is outside 0..<2",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Matrix<Double>(rows: 2, columns: 3)[2, 0]
            })
        expectMessage(
            "column -1 is outside 0..<3",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Matrix<Double>(rows: 2, columns: 3)[0, -1]
            })
    }

    @Test func rowsOfDifferentLengthStop() async {
        expectMessage(
            "row 1 has 1 elements where row 0 has 2",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Matrix<Double>([[1, 2], [3]])
            })
    }

    @Test func sizesThatOverflowStop() async {
        expectMessage(
            "does not fit in memory",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Matrix<Double>(rows: .max, columns: 2)
            })
        expectMessage(
            "cannot be -1 × 2",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Matrix<Double>(rows: -1, columns: 2)
            })
    }

    @Test func vectorsOfDifferentLengthStop() async {
        expectMessage(
            "3 elements do not match 2",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Matrix<Double>(rows: 2, columns: 3).withView { dot($0.row(0), $0.column(0)) }
            })
    }

    @Test func eigenvaluesOfARectangleStop() async {
        expectMessage(
            "2 × 3 does not match 3 × 2",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = try Matrix<Double>(rows: 2, columns: 3).eigenvalues()
            })
    }

    @Test func aClassOutsideTheRowStops() async {
        expectMessage(
            "class 3 in row 0 is outside 0..<3",
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                var outputs = Matrix<Double>(rows: 1, columns: 3)
                let weights = Matrix<Double>([[1]])
                outputs.withMutableView { outputs in
                    weights.withView {
                        _ = outputs.crossEntropy(classes: [3], at: [0], weights: $0.row(0), factor: 1)
                    }
                }
            })
    }
}
