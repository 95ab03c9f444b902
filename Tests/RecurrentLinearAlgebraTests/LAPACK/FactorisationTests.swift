import RecurrentLinearAlgebra
import Testing

/// The backward error allowed in a factorisation: a modest multiple of n ε.
private func tolerance<S: Scalar>(_ type: S.Type) -> S { 200 * S.ulpOfOne }

private func sample<S: Scalar>(_ rows: Int, _ columns: Int) -> Matrix<S> {
    Matrix(rows: rows, columns: columns) { row, column in
        S((row * 31 + column * 17 + row * column * 7) % 23) / 23 - 0.5
    }
}

private let shapes = [(1, 1), (3, 3), (7, 4), (4, 7), (17, 17), (2, 1), (0, 3)]

@Suite struct FactorisationTests {
    @Test(arguments: shapes)
    func qrGivesOrthonormalColumnsAndATriangle(rows: Int, columns: Int) throws {
        try checkQR(Double.self, rows, columns)
        try checkQR(Float.self, rows, columns)
    }

    private func checkQR<S: Scalar>(_ type: S.Type, _ rows: Int, _ columns: Int) throws {
        let a: Matrix<S> = sample(rows, columns)
        let (q, r) = try a.qr()
        #expect((q * r - a).largestMagnitude <= tolerance(S.self))
        #expect((q.transposed * q - .identity(q.columns)).largestMagnitude <= tolerance(S.self))
        for row in 0..<r.rows { for column in 0..<min(row, columns) { #expect(r[row, column] == 0) } }
    }

    @Test(arguments: shapes)
    func svdMultipliesBackAndItsValuesDescend(rows: Int, columns: Int) throws {
        try checkSVD(Double.self, rows, columns)
        try checkSVD(Float.self, rows, columns)
    }

    private func checkSVD<S: Scalar>(_ type: S.Type, _ rows: Int, _ columns: Int) throws {
        let a: Matrix<S> = sample(rows, columns)
        let (u, values, vt) = try a.svd()
        let diagonal = Matrix<S>(rows: 1, columns: values.count) { values[$1] }
        #expect((u.scalingColumns(by: diagonal) * vt - a).largestMagnitude <= tolerance(S.self))
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 } && values.allSatisfy { $0 >= 0 })
    }

    @Test func eigenvaluesOfKnownMatricesComeOut() throws {
        let rotation = Matrix<Double>([[0, -2], [2, 0]])
        let pair = try rotation.eigenvalues().sorted { $0.imaginary < $1.imaginary }
        #expect(abs(pair[0].imaginary + 2) < 1e-15 && abs(pair[1].imaginary - 2) < 1e-15)
        #expect(pair.allSatisfy { abs($0.real) < 1e-15 && abs($0.magnitude - 2) < 1e-15 })
        let triangle = Matrix<Float>([[1, 5, 2], [0, 3, 4], [0, 0, -2]])
        #expect(try triangle.eigenvalues().map(\.real).sorted() == [-2, 1, 3])
        #expect(try Matrix<Double>([[3, 0], [0, -4]]).spectralNorm() == 4)
    }

    @Test func leastSquaresFindsTheMinimum() throws {
        let a: Matrix<Double> = sample(20, 4)
        let x = Matrix<Double>([[1], [-2], [3], [0.5]])
        let (solution, rank) = try leastSquares(a, a * x)
        #expect(rank == 4 && (solution - x).largestMagnitude < 1e-12)

        // At a minimum the residual is orthogonal to every column of A.
        let b: Matrix<Double> = sample(20, 1)
        let residual = b - a * (try leastSquares(a, b).solution)
        #expect((a.transposed * residual).largestMagnitude < 1e-13)
    }

    @Test func leastSquaresTakesTheShortestOfManySolutions() throws {
        let twice = Matrix<Double>(rows: 5, columns: 2) { row, _ in Double(row + 1) }
        let (solution, rank) = try leastSquares(
            twice, twice.withView { Matrix($0.transposed) }.transposed.columnSum)
        #expect(rank == 1)
        #expect(abs(solution[0, 0] - 1) < 1e-14 && abs(solution[1, 0] - 1) < 1e-14)
    }

    @Test func matricesThatAreNotFiniteAreRefused() {
        let broken = Matrix<Double>([[1, 2], [.nan, 3]])
        #expect(throws: FactorisationError.notFinite) { try broken.qr() }
        #expect(throws: FactorisationError.notFinite) { try broken.svd() }
        #expect(throws: FactorisationError.notFinite) { try broken.eigenvalues() }
        #expect(throws: FactorisationError.notFinite) { try leastSquares(broken, broken) }
    }
}

extension Matrix {
    /// The sum of all columns, as one column.
    fileprivate var columnSum: Matrix {
        Matrix(rows: rows, columns: 1) { row, _ in (0..<columns).reduce(0) { $0 + self[row, $1] } }
    }
}
