import RecurrentFormats
import RecurrentLinearAlgebra

// PyTorch's order of states: h and c apart; in each, layer by layer, the forward cell before the reverse one.
extension NetworkConfiguration {
    /// The columns of s, or of c, of all cells in states side by side.
    func allColumns(of part: StatePart) -> [Int] {
        cells.flatMap { columns(of: part, layer: $0.layer, reverse: $0.isReverse).map(Array.init) ?? [] }
    }

    /// States side by side, from s and c of all cells, B × cells·H.
    func states(s: Matrix<Double>, c: Matrix<Double>?) -> Matrix<Double> {
        var states = Matrix<Double>(rows: s.rows, columns: stateWidth)
        for (part, values) in [(StatePart.s, s), (.c, c ?? s)] {
            for (index, column) in allColumns(of: part).enumerated() {
                for row in 0..<s.rows { states[row, column] = values[row, index] }
            }
        }
        return states
    }
}

extension Matrix {
    /// Some of the columns.
    func columns(_ indices: [Int]) -> Matrix {
        Matrix(rows: rows, columns: indices.count) { self[$0, indices[$1]] }
    }
}

extension Safetensors.Tensor {
    /// The elements as one row; the type is F32 or F64.
    var row: Matrix<Double> { Matrix([elements(as: Double.self)!]) }
}

extension Parameters {
    /// A gradient by PyTorch's names, a row each. Both biases have the gradient of their sum, but the last
    /// third of a GRU's second one is that of b_n.
    var tensorGradients: [String: Matrix<Double>] {
        var rows = Dictionary(uniqueKeysWithValues: tensors().map { ($0.name, $0.row) })
        let tensorNames = TensorNames(prefix: "")
        for part in layout.parts where part.name.kind == .stateBias {
            let names = tensorNames[part.name]
            guard let first = rows[names[0]] else { continue }
            let b_n = self[part.name.candidateBias]
            let shared = first.columns - (b_n?.columns ?? 0)
            rows[names[1]] = Matrix(rows: 1, columns: first.columns) { _, column in
                column < shared ? first[0, column] : Double(b_n![0, column - shared])
            }
        }
        return rows
    }
}
