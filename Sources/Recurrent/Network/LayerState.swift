import RecurrentLinearAlgebra

/// The state of one layer between two timesteps, and room for the next step: a value whose memory is copied only when one
/// of two copies is stepped.
struct LayerState<S: Scalar>: Sendable {
    let sequences: Int
    private let cell: LayerCell
    private let places: CellParts
    /// s and the next s, then c and the next c of an LSTM, B × H each; then a row of Z for each sequence, unless z stands
    /// in the place of the next s.
    private var buffer: AlignedBuffer<S>
    /// 1 if the second of two is at present the state, otherwise 0.
    private var present = 0

    /// - Parameter values: s and c side by side, B × H or 2·H.
    init(_ cell: LayerCell, _ values: MatrixView<S>, _ layout: ParameterLayout) {
        self.cell = cell
        places = CellParts(cell, layout)
        sequences = values.rows
        let columns = 2 * cell.stateWidth + (cell.isInPlace ? 0 : cell.rowWidth)
        buffer = AlignedBuffer(count: values.rows * columns)
        for part in cell.stateParts {
            matrix(part, 0).copy(from: values.columns(cell.columns(of: part)))
        }
    }

    /// s_t, B × H; valid until the next step.
    var s: MatrixView<S> { matrix(.s, present).readOnly }

    /// s_t and, of an LSTM, c_t.
    var parts: [MatrixView<S>] { cell.stateParts.map { matrix($0, present).readOnly } }

    /// One of the two matrices of a part.
    private func matrix(_ part: StatePart, _ number: Int) -> MutableMatrixView<S> {
        let count = sequences * cell.width
        return buffer.view(
            at: ((part == .s ? 0 : 2) + number) * count, rows: sequences, columns: cell.width)
    }

    /// s_t from z_t = x_t W_x + s_{t−1} W_s + b_s, x_t W_x as `inputProduct` writes it into z.
    @specialized(where S == Double)
    @specialized(where S == Float)
    mutating func advance(
        _ parameters: Parameters<S>,
        inputProduct: (_ W_x: MatrixView<S>, _ z: MutableMatrixView<S>) -> Void
    ) {
        if !isKnownUniquelyReferenced(&buffer) { buffer = AlignedBuffer(copying: buffer) }
        let next = 1 - present
        let (s₋, s) = (matrix(.s, present).readOnly, matrix(.s, next))
        let z =
            cell.isInPlace
            ? s
            : buffer.view(
                at: 2 * sequences * cell.stateWidth, rows: sequences, columns: cell.rowWidth)
        inputProduct(parameters.view(places.W_x), z.columns(cell.inputColumns))
        var cells: ForwardStep<S>.Cells?
        if cell.shape.hasCellState {
            cells = ForwardStep.Cells(before: matrix(.c, present).readOnly, after: matrix(.c, next))
        }
        let step = ForwardStep(
            z: z, bias: places.b_s.map(parameters.view), candidateBias: places.b_n.map(parameters.view),
            s₋: s₋, s: s, c: cells)
        cell.forward(step, W_s: places.W_s.map(parameters.view))
        present = next
    }
}

extension LayerCell {
    /// s_t of a step that stands alone, with W_s as it is.
    @inline(__always)
    fileprivate func forward<S: Scalar>(_ step: ForwardStep<S>, W_s: MatrixView<S>?) {
        let added = columns(of: 0..<shape.addedBlocks.count)
        if let W_s {
            gemm(step.s₋, W_s.columns(added), beta: 1, into: step.z.columns(columns(of: shape.addedBlocks)))
        }
        let W_sn = W_s?.columns(columns(of: shape.gates - 1..<shape.gates))
        switch shape.candidate {
        case .withOthers: break
        case .apart:
            let q = step.z.columns(lastColumns)
            if let W_sn { gemm(step.s₋, W_sn, into: q) } else { q.fill(0) }
        case .afterReset:
            equations.forwardReset(step)
            if let W_sn {
                gemm(
                    step.z.columns(lastColumns).readOnly, W_sn, beta: 1, into: step.z.columns(0..<width))
            }
        }
        equations.forward(step)
    }
}
