/// E_t as a function of y_t and d_t; classes are given as one-hot rows.
public enum NaiveLoss: Sendable {
    /// factor · ‖d − y‖²
    case squared(factor: Double)
    /// −Σ d log y
    case crossEntropy
    /// −Σ d log y + (1 − d) log(1 − y)
    case binaryCrossEntropy
    /// Σ |d − y|
    case absolute
    /// Σ of ½ (d − y)² near 0, and of a line with the slope ±threshold from the threshold on.
    case huber(threshold: Double)
    /// For each value and level, side by side: the share of the level where d is above y, the rest where it is below.
    case quantile(levels: [Double])
    /// Σ e^y − d y
    case poisson
    /// −Σ log of a normal density but for its constant: means, then logarithms of variances.
    case gaussian
}

/// d_t, and the weight of each of its values.
struct NaiveTarget {
    let d: [Double]
    let weight: [Double]
}

extension NaiveNetwork {
    /// E_t
    func value(_ loss: NaiveLoss, _ y: [Double], _ target: NaiveTarget) -> Double {
        var E = 0.0
        for i in target.d.indices where target.weight[i] != 0 {
            E += target.weight[i] * value(loss, y, target.d[i], i, of: target.d.count)
        }
        return E
    }

    /// The share of value i of a target.
    private func value(_ loss: NaiveLoss, _ y: [Double], _ d: Double, _ i: Int, of count: Int) -> Double {
        let e = d - y[i]
        let magnitude = e < 0 ? -e : e
        switch loss {
        case .squared(let factor): return factor * e * e
        case .crossEntropy: return d == 0 ? 0 : -d * elementary.log(y[i])
        case .binaryCrossEntropy: return -d * elementary.log(y[i]) - (1 - d) * elementary.log(1 - y[i])
        case .absolute: return magnitude
        case .huber(let threshold):
            return magnitude < threshold ? e * e / 2 : threshold * magnitude - threshold * threshold / 2
        case .quantile(let levels):
            var sum = 0.0
            for (l, level) in levels.enumerated() {
                let above = d - y[i * levels.count + l]
                sum += above > 0 ? level * above : (1 - level) * -above
            }
            return sum
        case .poisson: return elementary.exp(y[i]) - d * y[i]
        case .gaussian:
            let variance = elementary.exp(y[count + i])
            return elementary.log(variance) / 2 + e * e / (2 * variance)
        }
    }

    /// ∂E_t/∂y_o of an output o.
    func slope(_ loss: NaiveLoss, _ y: [Double], _ target: NaiveTarget, _ o: Int) -> Double {
        var i = o
        if case .quantile(let levels) = loss { i = o / levels.count }
        if case .gaussian = loss { i = o % target.d.count }
        if target.weight[i] == 0 { return 0 }
        return target.weight[i] * slope(loss, y, target.d[i], i, output: o)
    }

    private func slope(_ loss: NaiveLoss, _ y: [Double], _ d: Double, _ i: Int, output o: Int) -> Double {
        switch loss {
        case .squared(let factor): return -2 * factor * (d - y[o])
        case .crossEntropy: return -d / y[o]
        case .binaryCrossEntropy: return (1 - d) / (1 - y[o]) - d / y[o]
        case .absolute: return d > y[o] ? -1 : 1
        case .huber(let threshold):
            let e = y[o] - d
            return e > threshold ? threshold : e < -threshold ? -threshold : e
        case .quantile(let levels):
            let level = levels[o % levels.count]
            return d > y[o] ? -level : 1 - level
        case .poisson: return elementary.exp(y[o]) - d
        case .gaussian:
            let count = y.count / 2
            let variance = elementary.exp(y[count + i])
            if o < count { return (y[i] - d) / variance }
            return (1 - (d - y[i]) * (d - y[i]) / variance) / 2
        }
    }

    /// ∂E_t/∂a
    func δa(_ loss: NaiveLoss, _ y: [Double], _ target: NaiveTarget, weight: Double) -> [Double] {
        (0..<O).map { j in
            var sum = 0.0
            if weight == 0 { return 0 }
            for i in 0..<O { sum += weight * slope(loss, y, target, i) * sigmaSlope(y, i, j) }
            return sum
        }
    }
}
