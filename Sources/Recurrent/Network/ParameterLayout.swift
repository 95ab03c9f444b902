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
