public enum NaiveActivation: Sendable { case tanh, sigmoid, relu, identity }

/// One direction of one layer, with weights as in the mathematics. A part that does not exist is zeros.
public struct NaiveCell: Sendable {
    public var Wx: [[Double]]
    public var Ws: [[Double]]
    public var bs: [Double]
    public var activation: NaiveActivation
    public var isReverse: Bool

    public init(
        Wx: [[Double]], Ws: [[Double]], bs: [Double], activation: NaiveActivation, isReverse: Bool = false
    ) {
        self.Wx = Wx
        self.Ws = Ws
        self.bs = bs
        self.activation = activation
        self.isReverse = isReverse
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
