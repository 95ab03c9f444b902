/// The name of a part of a network's parameters, as in the mathematics: a letter and, for what each layer has, the
/// layer and direction.
public struct ParameterName: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, CaseIterable, Sendable {
        case embedding = "W_e"
        case inputWeights = "W_x"
        case stateWeights = "W_s"
        case outputWeights = "W_y"
        case stateBias = "b_s"
        case candidateBias = "b_n"
        case outputBias = "b_y"
        case initialState = "s_0"
        case initialCellState = "c_0"
    }

    public let kind: Kind
    /// Counted from 0, the one nearest to the input; 0 for what a network has once.
    public let layer: Int
    /// True if it belongs to the cell that reads sequences backwards.
    public let isReverse: Bool
    /// The gate whose columns are meant; nil for all.
    public let gate: Gate?

    init(_ kind: Kind, layer: Int = 0, reverse: Bool = false, gate: Gate? = nil) {
        self.kind = kind
        self.layer = layer
        isReverse = reverse
        self.gate = gate
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

    /// W_x of a layer, counted from 0, or the columns of one of its gates.
    public static func inputWeights(layer: Int, reverse: Bool = false, gate: Gate? = nil) -> ParameterName {
        ParameterName(.inputWeights, layer: layer, reverse: reverse, gate: gate)
    }

    /// W_s of a layer, counted from 0, or the columns of one of its gates.
    public static func stateWeights(layer: Int, reverse: Bool = false, gate: Gate? = nil) -> ParameterName {
        ParameterName(.stateWeights, layer: layer, reverse: reverse, gate: gate)
    }

    /// b_s of a layer, counted from 0, or the columns of one of its gates.
    public static func stateBias(layer: Int, reverse: Bool = false, gate: Gate? = nil) -> ParameterName {
        ParameterName(.stateBias, layer: layer, reverse: reverse, gate: gate)
    }

    /// s_0 of a layer, counted from 0, where it is a parameter.
    public static func initialState(layer: Int, reverse: Bool = false) -> ParameterName {
        ParameterName(.initialState, layer: layer, reverse: reverse)
    }

    /// b_n of a GRU layer, counted from 0, which is added to s_{t−1} W_s[n] before the reset.
    public static func candidateBias(layer: Int, reverse: Bool = false) -> ParameterName {
        ParameterName(.candidateBias, layer: layer, reverse: reverse)
    }

    /// c_0 of an LSTM layer, counted from 0, where it is a parameter.
    public static func initialCellState(layer: Int, reverse: Bool = false) -> ParameterName {
        ParameterName(.initialCellState, layer: layer, reverse: reverse)
    }

    /// The whole part, of all gates.
    var ofAllGates: ParameterName { ParameterName(kind, layer: layer, reverse: isReverse) }

    /// The letter, followed by the gate, by "of layer 2" and by "reverse" where that is not the first layer, read
    /// forwards.
    public var description: String {
        let place = layer == 0 && !isReverse ? "" : " of layer \(layer + 1)"
        let block = gate.map { "[\($0.rawValue)]" } ?? ""
        return kind.rawValue + block + place + (isReverse ? ", reverse" : "")
    }
}
