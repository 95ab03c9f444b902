/// Some parameters of a network: those of some kinds, layers, directions and gates. What is not given may be any.
public struct ParameterSelection: Equatable, Sendable, Codable {
    public var kinds: [ParameterName.Kind]?
    /// Counted from 0; parameters that a network has once, as the read-out's, are of no layer.
    public var layers: [Int]?
    /// True for cells that read backwards only, false for the others only.
    public var isReverse: Bool?
    /// The columns of these gates; parts without gates have none.
    public var gates: [Gate]?

    public init(
        kinds: [ParameterName.Kind]? = nil, layers: [Int]? = nil, isReverse: Bool? = nil, gates: [Gate]? = nil
    ) {
        (self.kinds, self.layers, self.isReverse, self.gates) = (kinds, layers, isReverse, gates)
    }

    /// The part of this name, or the columns of its gate.
    public init(_ name: ParameterName) {
        self.init(
            kinds: [name.kind], layers: name.kind.isOfLayer ? [name.layer] : nil,
            isReverse: name.kind.isOfLayer ? name.isReverse : nil, gates: name.gate.map { [$0] })
    }

    /// All parameters.
    public static let all = ParameterSelection()
    /// b_s, b_n and b_y.
    public static let biases = ParameterSelection(kinds: [.stateBias, .candidateBias, .outputBias])
    /// W_y and b_y.
    public static let readOut = ParameterSelection(kinds: [.outputWeights, .outputBias])
    /// W_e.
    public static let embedding = ParameterSelection(kinds: [.embedding])
    /// s_0 and c_0.
    public static let initialStates = ParameterSelection(kinds: [.initialState, .initialCellState])
    /// Everything but the read-out.
    public static let beforeReadOut = ParameterSelection(
        kinds: ParameterName.Kind.allCases.filter { $0 != .outputWeights && $0 != .outputBias })

    /// All parameters of a layer, counted from 0.
    public static func layer(_ number: Int) -> ParameterSelection { ParameterSelection(layers: [number]) }

    /// True for the columns of a gate in a part; of parts without gates there is no gate.
    func contains(_ name: ParameterName, gate: Gate?) -> Bool {
        let isOfLayer = name.kind.isOfLayer
        if let kinds, !kinds.contains(name.kind) { return false }
        if let layers, !isOfLayer || !layers.contains(name.layer) { return false }
        if let isReverse, !isOfLayer || name.isReverse != isReverse { return false }
        guard let gates else { return true }
        return gate.map { gates.contains($0) } ?? false
    }
}

extension ParameterName.Kind: Codable {
    /// True if each layer has such parameters, false if the network has them once.
    fileprivate var isOfLayer: Bool { ![.embedding, .outputWeights, .outputBias].contains(self) }
}
