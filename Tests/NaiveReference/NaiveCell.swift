public enum NaiveActivation: Sendable { case tanh, sigmoid, relu, identity }

public enum NaiveEquations: Sendable {
    case elman(NaiveActivation), lstm, gruResetAfter, gruResetBefore
}

/// One direction of one layer, with weights as in the mathematics. A part that does not exist is zeros.
public struct NaiveCell: Sendable {
    /// I × G·H
    public var Wx: [[Double]]
    /// H × G·H
    public var Ws: [[Double]]
    /// G·H
    public var bs: [Double]
    /// H, the bias inside the reset of a GRU whose reset comes after the product.
    public var bn: [Double]
    public var equations: NaiveEquations
    public var isReverse: Bool

    public init(
        Wx: [[Double]], Ws: [[Double]], bs: [Double], bn: [Double]? = nil, equations: NaiveEquations,
        isReverse: Bool = false
    ) {
        self.Wx = Wx
        self.Ws = Ws
        self.bs = bs
        self.bn = bn ?? Ws.map { _ in 0 }
        self.equations = equations
        self.isReverse = isReverse
    }

    var H: Int { Ws.count }

    /// True if its state has a c beside s.
    var hasC: Bool {
        if case .lstm = equations { return true }
        return false
    }
}

extension NaiveNetwork {
    /// Φ(z)
    func phi(_ activation: NaiveActivation, _ z: Double) -> Double {
        switch activation {
        case .tanh: return elementary.tanh(z)
        case .sigmoid: return 1 / (1 + elementary.exp(-z))
        case .relu: return z > 0 ? z : 0
        case .identity: return z
        }
    }

    /// Φ'(z), from z itself.
    func phiSlope(_ activation: NaiveActivation, _ z: Double) -> Double {
        let s = phi(activation, z)
        switch activation {
        case .tanh: return 1 - s * s
        case .sigmoid: return s * (1 - s)
        case .relu: return z > 0 ? 1 : 0
        case .identity: return 1
        }
    }
}
