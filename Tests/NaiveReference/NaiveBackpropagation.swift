/// One sequence: x_1 … x_N, d_1 … d_N, what each step's loss counts, and s_0.
public struct NaiveSequence: Sendable {
    public var x: [[Double]]
    public var d: [[Double]]
    public var weight: [Double]
    public var s0: [Double]

    public init(x: [[Double]], d: [[Double]], weight: [Double], s0: [Double]) {
        self.x = x
        self.d = d
        self.weight = weight
        self.s0 = s0
    }
}

/// Everything that a forward and a backward pass give. States, outputs and gradients of s_0 and x
/// are by sequence; the others are sums over all sequences.
public struct NaiveResult: Sendable {
    public var E = 0.0
    /// s_1 … s_N, a_1 … a_N and y_1 … y_N of each sequence.
    public var s: [[[Double]]] = []
    public var a: [[[Double]]] = []
    public var y: [[[Double]]] = []
    public var Wx: [[Double]]
    public var Ws: [[Double]]
    public var Wy: [[Double]]
    public var bs: [Double]
    public var by: [Double]
    public var s0: [[Double]] = []
    public var x: [[[Double]]] = []
}

extension NaiveNetwork {
    /// E = Σ weight_t E_t and its gradients.
    public func run(_ sequences: [NaiveSequence], _ loss: NaiveLoss) -> NaiveResult {
        var result = NaiveResult(
            Wx: Wx.map { $0.map { _ in 0 } }, Ws: Ws.map { $0.map { _ in 0 } },
            Wy: Wy.map { $0.map { _ in 0 } }, bs: bs.map { _ in 0 }, by: by.map { _ in 0 })
        for sequence in sequences { run(sequence, loss, into: &result) }
        return result
    }

    private func run(_ sequence: NaiveSequence, _ loss: NaiveLoss, into result: inout NaiveResult) {
        let N = sequence.x.count
        var z: [[Double]] = []
        var s = [sequence.s0]
        var a: [[Double]] = []
        var y: [[Double]] = []
        for t in 0..<N {
            z.append(
                (0..<H).map { h in
                    bs[h] + product(sequence.x[t], Wx, h) + product(s[t], Ws, h)
                })
            s.append(z[t].map { phi($0) })
            a.append((0..<O).map { o in by[o] + product(s[t + 1], Wy, o) })
            y.append(sigma(a[t]))
            if sequence.weight[t] != 0 {
                result.E += sequence.weight[t] * value(loss, y[t], sequence.d[t])
            }
        }

        var dx = sequence.x
        var dsNext = [Double](repeating: 0, count: H)  // what flows into s_t from step t + 1
        for t in (0..<N).reversed() {
            var da = [Double](repeating: 0, count: O)
            if sequence.weight[t] != 0 {
                for j in 0..<O {
                    for i in 0..<O {
                        da[j] +=
                            sequence.weight[t] * slope(loss, y[t], sequence.d[t], i)
                            * sigmaSlope(y[t], i, j)
                    }
                }
            }
            var dz = [Double](repeating: 0, count: H)
            for h in 0..<H {
                var ds = dsNext[h]
                for o in 0..<O { ds += da[o] * Wy[h][o] }
                dz[h] = ds * phiSlope(z[t][h])
            }
            for o in 0..<O {
                result.by[o] += da[o]
                for h in 0..<H { result.Wy[h][o] += s[t + 1][h] * da[o] }
            }
            for h in 0..<H {
                result.bs[h] += dz[h]
                for g in 0..<H { result.Ws[g][h] += s[t][g] * dz[h] }
                for i in 0..<Wx.count { result.Wx[i][h] += sequence.x[t][i] * dz[h] }
            }
            dx[t] = (0..<Wx.count).map { i in product(dz, transposedRow: Wx[i]) }
            dsNext = (0..<H).map { g in product(dz, transposedRow: Ws[g]) }
        }
        result.s.append(Array(s.dropFirst()))
        result.a.append(a)
        result.y.append(y)
        result.s0.append(dsNext)
        result.x.append(dx)
    }

    /// Σ_k v_k M_kj
    private func product(_ v: [Double], _ M: [[Double]], _ j: Int) -> Double {
        var sum = 0.0
        for k in 0..<v.count { sum += v[k] * M[k][j] }
        return sum
    }

    /// Σ_k v_k row_k
    private func product(_ v: [Double], transposedRow row: [Double]) -> Double {
        var sum = 0.0
        for k in 0..<v.count { sum += v[k] * row[k] }
        return sum
    }
}

/// C = α op(A) op(B) + β C by three loops, for matrices as arrays of rows.
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
