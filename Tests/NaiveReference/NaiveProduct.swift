/// C = α op(A) op(B) + β C as three loops. Matrices are arrays of rows.
public func naiveProduct(
    alpha: Double, _ A: [[Double]], transposeA: Bool, _ B: [[Double]], transposeB: Bool,
    beta: Double, _ C: [[Double]]
) -> [[Double]] {
    var result = C
    let inner = transposeA ? A.count : (A.first?.count ?? 0)
    for i in 0..<C.count {
        for j in 0..<C[i].count {
            var sum = 0.0
            for k in 0..<inner {
                sum += (transposeA ? A[k][i] : A[i][k]) * (transposeB ? B[j][k] : B[k][j])
            }
            result[i][j] = alpha * sum + (beta == 0 ? 0 : beta * C[i][j])
        }
    }
    return result
}
