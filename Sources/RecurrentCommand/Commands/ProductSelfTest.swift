import RecurrentLinearAlgebra

/// Products of odd shapes in all four transpositions, compared with plain loops. The elements are small integers,
/// so that both are exact.
enum ProductSelfTest {
    static let shapes = [
        (1, 1, 1), (1, 7, 3), (7, 1, 5), (3, 5, 1), (13, 17, 11), (31, 33, 29), (64, 63, 65),
        (1, 127, 129), (101, 3, 257),
    ]

    /// The shapes with a wrong product, such as "13 × 17 × 11 in Float".
    static func wrongShapes<S: Scalar>(_ type: S.Type) -> [String] {
        shapes.filter { !isRight(S.self, $0) }.map { "\($0.0) × \($0.1) × \($0.2) in \(S.typeName)" }
    }

    private static func isRight<S: Scalar>(_ type: S.Type, _ shape: (m: Int, n: Int, k: Int)) -> Bool {
        let (m, n, k) = shape
        let a = Matrix<S>(rows: m, columns: k) { S(($0 * 5 + $1 * 3) % 9 - 4) }
        let b = Matrix<S>(rows: k, columns: n) { S(($0 * 7 + $1 * 2) % 9 - 4) }
        let (aTransposed, bTransposed) = (a.transposed, b.transposed)
        let expected = Matrix<S>(rows: m, columns: n) { row, column in
            (0..<k).reduce(0) { $0 + a[row, $1] * b[$1, column] }
        }
        func product(_ a: Matrix<S>, _ b: Matrix<S>, transposeA: Bool, transposeB: Bool) -> Matrix<S> {
            var c = Matrix<S>(rows: m, columns: n) { _, _ in .nan }
            a.withView { a in
                b.withView { b in
                    c.withMutableView {
                        gemm(transposeA ? a.transposed : a, transposeB ? b.transposed : b, into: $0)
                    }
                }
            }
            return c
        }
        return [
            product(a, b, transposeA: false, transposeB: false),
            product(aTransposed, b, transposeA: true, transposeB: false),
            product(a, bTransposed, transposeA: false, transposeB: true),
            product(aTransposed, bTransposed, transposeA: true, transposeB: true),
        ].allSatisfy { $0 == expected }
    }
}
