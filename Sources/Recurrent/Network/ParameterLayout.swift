/// The places of all parts in a flat buffer of parameters, gradients or moments.
///
/// The columns of W_x, W_s and b_s are blocks of H, one for each gate: i f g o of an LSTM; of a GRU n r z in W_x and b_s,
/// and r z n in W_s. That is the order in which the engine multiplies them; `columns(of:)` of a part, and a gate in a
/// `ParameterName`, spare one from knowing it.
public struct ParameterLayout: Equatable, Sendable {
    /// A part: `rows` × `columns` numbers in row-major order from `offset` on. A bias and an s_0 are one row.
    public struct Part: Equatable, Sendable {
        public let name: ParameterName
        public let rows: Int
        public let columns: Int
        public let offset: Int
        public var count: Int { rows * columns }
        /// The gates that the columns belong to, in blocks of equal width; none of a part that has no gates.
        public var gates: [Gate] { blocks?.gates ?? [] }
        /// The order of the gates; a value, since parts are looked up in every pass.
        fileprivate let blocks: GateBlocks?

        /// The columns of a gate, or nil if the part has no such gate.
        public func columns(of gate: Gate) -> Range<Int>? {
            guard let index = gates.firstIndex(of: gate) else { return nil }
            let width = columns / gates.count
            return index * width..<(index + 1) * width
        }
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
        func add(_ name: ParameterName, _ rows: Int, _ columns: Int, _ blocks: GateBlocks? = nil) {
            let offset = parts.last.map { $0.offset + $0.count } ?? 0
            parts.append(Part(name: name, rows: rows, columns: columns, offset: offset, blocks: blocks))
        }
        let cells = configuration.cells
        if let width = configuration.embeddingWidth { add(.embedding, configuration.inputWidth, width) }
        for cell in cells {
            add(cell.name(.inputWeights), cell.inputWidth, cell.gateWidth, cell.shape.inputGates)
            if cell.isRecurrent {
                add(cell.name(.stateWeights), cell.width, cell.gateWidth, cell.shape.stateGates)
            }
        }
        add(.outputWeights, configuration.readOutWidth, configuration.outputWidth)
        for cell in cells where cell.hasBias {
            add(cell.name(.stateBias), 1, cell.gateWidth, cell.shape.inputGates)
            if cell.hasCandidateBias { add(cell.name(.candidateBias), 1, cell.width) }
        }
        if configuration.hasOutputBias { add(.outputBias, 1, configuration.outputWidth) }
        for cell in cells where configuration.learnsInitialState {
            add(cell.name(.initialState), 1, cell.width)
            if cell.shape.hasCellState { add(cell.name(.initialCellState), 1, cell.width) }
        }
        self.parts = parts
    }

    /// The part of this name, or nil if the network has none. A gate's columns belong to the part of all gates.
    public subscript(_ name: ParameterName) -> Part? {
        let name = name.ofAllGates
        return parts.first { $0.name == name }
    }
}
