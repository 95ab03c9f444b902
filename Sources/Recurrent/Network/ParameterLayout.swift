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

    /// The letter; "of layer 2" and "reverse" behind it where that is not the first layer, read forwards.
    public var description: String {
        let place = layer == 0 && !isReverse ? "" : " of layer \(layer + 1)"
        return kind.rawValue + place + (isReverse ? ", reverse" : "")
    }
}

/// The places of all parts in a flat buffer of parameters, gradients or moments.
public struct ParameterLayout: Equatable, Sendable {
    /// A part: `rows` × `columns` numbers in row-major order from `offset` on. A bias and an s_0 are one row.
    public struct Part: Equatable, Sendable {
        public let name: ParameterName
        public let rows: Int
        public let columns: Int
        public let offset: Int
        public var count: Int { rows * columns }
    }

    /// The parts in their order in the buffer, one after the other without gaps.
    public let parts: [Part]

    /// The number of parameters.
    public var count: Int { parts.last.map { $0.offset + $0.count } ?? 0 }

    /// No parts.
    static let empty = ParameterLayout(parts: [])

    private init(parts: [Part]) { self.parts = parts }

    public init(_ configuration: NetworkConfiguration) {
        var parts: [Part] = []
        func add(_ name: ParameterName, _ rows: Int, _ columns: Int) {
            let offset = parts.last.map { $0.offset + $0.count } ?? 0
            parts.append(Part(name: name, rows: rows, columns: columns, offset: offset))
        }
        let cells = configuration.cells
        if let width = configuration.embeddingWidth { add(.embedding, configuration.inputWidth, width) }
        for cell in cells {
            add(cell.name(.inputWeights), cell.inputWidth, cell.gateWidth)
            if cell.isRecurrent { add(cell.name(.stateWeights), cell.width, cell.gateWidth) }
        }
        add(.outputWeights, configuration.readOutWidth, configuration.outputWidth)
        for cell in cells where cell.hasBias { add(cell.name(.stateBias), 1, cell.gateWidth) }
        if configuration.hasOutputBias { add(.outputBias, 1, configuration.outputWidth) }
        for cell in cells where configuration.learnsInitialState {
            add(cell.name(.initialState), 1, cell.width)
        }
        self.parts = parts
    }

    /// The part of this name, or nil if the network has none.
    public subscript(_ name: ParameterName) -> Part? { parts.first { $0.name == name } }
}
