/// The name of a part of a network's parameters, as in the mathematics: a letter and, for what each layer has, the
/// layer and direction.
public struct ParameterName: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, CaseIterable, Sendable {
        case embedding = "W_e"
        case inputWeights = "W_x"
        case stateWeights = "W_s"
        case outputWeights = "W_y"
        case stateBias = "b_s"
        case outputBias = "b_y"
        case initialState = "s_0"
    }

    public let kind: Kind
    /// Counted from 0, the one nearest to the input; 0 for what a network has once.
    public let layer: Int
    /// True if it belongs to the cell that reads sequences backwards.
    public let isReverse: Bool

    init(_ kind: Kind, layer: Int = 0, reverse: Bool = false) {
        self.kind = kind
        self.layer = layer
        isReverse = reverse
    }

    /// The row of each token, V × the embedding's width.
    public static let embedding = ParameterName(.embedding)
    /// W_x of the first layer.
    public static let inputWeights = ParameterName(.inputWeights)
    /// W_s of the first layer.
    public static let stateWeights = ParameterName(.stateWeights)
    public static let outputWeights = ParameterName(.outputWeights)
    /// b_s of the first layer.
    public static let stateBias = ParameterName(.stateBias)
    public static let outputBias = ParameterName(.outputBias)
    /// s_0 of the first layer, where it is a parameter.
    public static let initialState = ParameterName(.initialState)

    /// W_x of a layer, counted from 0.
    public static func inputWeights(layer: Int, reverse: Bool = false) -> ParameterName {
        ParameterName(.inputWeights, layer: layer, reverse: reverse)
    }

    /// W_s of a layer, counted from 0.
    public static func stateWeights(layer: Int, reverse: Bool = false) -> ParameterName {
        ParameterName(.stateWeights, layer: layer, reverse: reverse)
    }

    /// b_s of a layer, counted from 0.
    public static func stateBias(layer: Int, reverse: Bool = false) -> ParameterName {
        ParameterName(.stateBias, layer: layer, reverse: reverse)
    }

    /// s_0 of a layer, counted from 0, where it is a parameter.
    public static func initialState(layer: Int, reverse: Bool = false) -> ParameterName {
        ParameterName(.initialState, layer: layer, reverse: reverse)
    }

    /// The letter, followed by "of layer 2" and "reverse" where that is not the first layer, read forwards.
    public var description: String {
        let place = layer == 0 && !isReverse ? "" : " of layer \(layer + 1)"
        return kind.rawValue + place + (isReverse ? ", reverse" : "")
    }
}
