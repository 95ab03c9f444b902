/// E_t as a function of y_t and d_t; classes are given as one-hot rows.
public enum NaiveLoss: Sendable {
    /// factor · ‖d − y‖²
    case squared(factor: Double)
    /// −Σ d log y
    case crossEntropy
    /// −Σ d log y + (1 − d) log(1 − y)
    case binaryCrossEntropy
}

extension NaiveNetwork {
    /// E_t
    func value(_ loss: NaiveLoss, _ y: [Double], _ d: [Double]) -> Double {
        var E = 0.0
        for i in 0..<O {
            switch loss {
            case .squared(let factor): E += factor * (d[i] - y[i]) * (d[i] - y[i])
            case .crossEntropy: E -= d[i] == 0 ? 0 : d[i] * elementary.log(y[i])
            case .binaryCrossEntropy:
                E -= d[i] * elementary.log(y[i]) + (1 - d[i]) * elementary.log(1 - y[i])
            }
        }
        return E
    }

    /// ∂E_t/∂y_i
    func slope(_ loss: NaiveLoss, _ y: [Double], _ d: [Double], _ i: Int) -> Double {
        switch loss {
        case .squared(let factor): return -2 * factor * (d[i] - y[i])
        case .crossEntropy: return -d[i] / y[i]
        case .binaryCrossEntropy: return (1 - d[i]) / (1 - y[i]) - d[i] / y[i]
        }
    }

    /// ∂E_t/∂a
    func δa(_ loss: NaiveLoss, _ y: [Double], _ d: [Double], weight: Double) -> [Double] {
        (0..<O).map { j in
            var sum = 0.0
            if weight == 0 { return 0 }
            for i in 0..<O { sum += weight * slope(loss, y, d, i) * sigmaSlope(y, i, j) }
            return sum
        }
    }
}
