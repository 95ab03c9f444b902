/// The parts of an Elman network's parameters, named as in the mathematics.
public enum ParameterName: String, CaseIterable, Sendable {
    case inputWeights = "W_x"
    case stateWeights = "W_s"
    case outputWeights = "W_y"
    case stateBias = "b_s"
    case outputBias = "b_y"
}

/// Where each part stands in a flat buffer of parameters, gradients or moments.
public struct ParameterLayout: Equatable, Sendable {
    /// A part: `rows` × `columns` numbers in row-major order from `offset` on. A bias is one row.
    public struct Part: Equatable, Sendable {
        public let name: ParameterName
        public let rows: Int
        public let columns: Int
        public let offset: Int
        public var count: Int { rows * columns }
    }

    /// The parts there are, in the order in which they stand: one after the other, without gaps.
    public let parts: [Part]

    /// The number of parameters.
    public var count: Int { parts.last.map { $0.offset + $0.count } ?? 0 }

    public init(_ configuration: ElmanConfiguration) {
        let (i, h, o) = (
            configuration.inputWidth, configuration.stateWidth, configuration.outputWidth
        )
        var parts: [Part] = []
        func add(_ name: ParameterName, _ rows: Int, _ columns: Int, when exists: Bool = true) {
            guard exists else { return }
            let offset = parts.last.map { $0.offset + $0.count } ?? 0
            parts.append(Part(name: name, rows: rows, columns: columns, offset: offset))
        }
        add(.inputWeights, i, h)
        add(.stateWeights, h, h, when: configuration.isRecurrent)
        add(.outputWeights, h, o)
        add(.stateBias, 1, h, when: configuration.hasStateBias)
        add(.outputBias, 1, o, when: configuration.hasOutputBias)
        self.parts = parts
    }

    /// The part of this name, or nil if the network has none.
    public subscript(_ name: ParameterName) -> Part? { parts.first { $0.name == name } }
}
