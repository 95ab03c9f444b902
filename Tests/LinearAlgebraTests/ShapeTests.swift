import LinearAlgebra
import Testing

/// Shapes that do not fit stop the program; each of these must not return.
@Suite struct ShapeTests {
    @Test func productsOfShapesThatDoNotFitStop() async {
        await #expect(processExitsWith: .failure) {
            _ = Matrix<Double>(rows: 2, columns: 3) * Matrix<Double>(rows: 2, columns: 3)
        }
    }

    @Test func indicesOutsideStop() async {
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>(rows: 2, columns: 3)[2, 0] }
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>(rows: 2, columns: 3)[0, -1] }
    }

    @Test func rowsOfDifferentLengthStop() async {
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>([[1, 2], [3]]) }
    }

    @Test func sizesThatOverflowStop() async {
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>(rows: .max, columns: 2) }
        await #expect(processExitsWith: .failure) { _ = Matrix<Double>(rows: -1, columns: 2) }
    }

    @Test func vectorsOfDifferentLengthStop() async {
        await #expect(processExitsWith: .failure) {
            _ = Matrix<Double>(rows: 2, columns: 3).withView { dot($0.row(0), $0.column(0)) }
        }
    }

    @Test func eigenvaluesOfARectangleStop() async {
        await #expect(processExitsWith: .failure) {
            _ = try Matrix<Double>(rows: 2, columns: 3).eigenvalues()
        }
    }

    @Test func aClassOutsideTheRowStops() async {
        await #expect(processExitsWith: .failure) {
            var outputs = Matrix<Double>(rows: 1, columns: 3)
            let weights = Matrix<Double>([[1]])
            outputs.withMutableView { outputs in
                weights.withView {
                    _ = outputs.crossEntropy(classes: [3], weights: $0.row(0), factor: 1)
                }
            }
        }
    }
}
