import RecurrentLinearAlgebra

/// A rectangle of one part of the gradient: what one worker sums up over all rows of all blocks,
///
///     ∂E/∂W_y = S₊ᵀ δA        ∂E/∂b_y = Σ δa_t
///     ∂E/∂W_s = S₋ᵀ δZ        ∂E/∂b_s = Σ δz_t
///     ∂E/∂W_x = Xᵀ δZ
///
/// in the order of the blocks and their rows. No two tiles share an element.
struct GradientTile {
    let part: ParameterLayout.Part
    let rows: Range<Int>
    let columns: Range<Int>

    /// The tiles of all parts, the largest parts first: each part is cut in two each way, and where it is large into
    /// more. For tokens a tile of ∂E/∂W_x has all rows.
    static func tiles(of layout: ParameterLayout, tokens: Bool) -> [GradientTile] {
        let kinds: [ParameterName.Kind] = [
            .stateWeights, .outputWeights, .inputWeights, .stateBias, .candidateBias, .outputBias,
        ]
        return kinds.flatMap { kind in layout.parts.filter { $0.name.kind == kind } }.flatMap { part in
            let isGathered = part.name.kind == .inputWeights && part.name.layer == 0 && tokens
            let height = isGathered ? part.rows : size(part.rows, Tuning.tileRows)
            let width = isGathered ? Tuning.tokenTileColumns : size(part.columns, Tuning.tileColumns)
            return cut(part.rows, height).flatMap { rows in
                cut(part.columns, width).map { GradientTile(part: part, rows: rows, columns: $0) }
            }
        }
    }

    /// Each part as one tile, as a shard has them.
    static func wholeParts(of layout: ParameterLayout) -> [GradientTile] {
        layout.parts.map { GradientTile(part: $0, rows: 0..<$0.rows, columns: 0..<$0.columns) }
    }

    /// Half of some rows or columns, in steps of the lower bound and up to the upper one; a quarter of many.
    private static func size(_ count: Int, _ bounds: ClosedRange<Int>) -> Int {
        let step = bounds.lowerBound
        let (half, quarter) = ((count + 1) / 2, (count + 3) / 4)
        let size = min(max(min(half, bounds.upperBound / 2), quarter), bounds.upperBound)
        return max(1, (size + step - 1) / step) * step
    }

    private static func cut(_ count: Int, _ size: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }

    var isReadOut: Bool { part.name.kind == .outputWeights || part.name.kind == .outputBias }

    private var isFirstInput: Bool { part.name.kind == .inputWeights && part.name.layer == 0 }

    /// Adds the contribution of some steps of a block's segment to the tile in `gradient`, that of all parameters.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func accumulate<S: Scalar>(
        _ block: UnfoldedBlock<S>, _ steps: Range<Int>, into gradient: MutableVectorView<S>
    ) {
        // An output that there is once for a sequence belongs to the segment that is worked last.
        let isOnce = isReadOut && block.work.configuration.isPooled
        let stepRows = block.segment.rows(steps)
        // The states that a reverse cell begins with belong to the last steps, even if the block ends before these.
        let hasInitialStates = part.name.kind == .stateWeights && part.name.isReverse
        guard hasInitialStates && block.segment.rowCount > 0 || !stepRows.isEmpty,
            !isOnce || block.segment.steps.lowerBound == 0
        else { return }
        if isFirstInput, case .tokens(let tokens) = block.work.pass.batch.rows {
            return accumulate(tokens, block, stepRows, of: block.segment.batchRows(steps), into: gradient)
        }
        let whole = gradient.matrix(at: part.offset, rows: part.rows, columns: part.columns)
        let tile = whole.rows(rows).columns(columns)
        switch part.name.kind {
        case .stateWeights:
            let cell = cell(of: block)
            cell.order.forEachRecurrence(of: steps) { before, made in
                accumulate(cell, before, cell.gradients(madeFrom: made).readOnly, into: tile)
            }
        case .inputWeights where part.name.layer > 0:
            let X = block.layers[part.name.layer - 1].outputs.rows(stepRows).readOnly
            accumulateTransposedProduct(X.columns(rows), δZ(of: block, stepRows), into: tile)
        case .inputWeights:
            let δZ = δZ(of: block, stepRows)
            block.withInputs(steps) { X in accumulateTransposedProduct(X.columns(rows), δZ, into: tile) }
        case .outputWeights:
            let (S₊, δA) = block.readOut.factors(of: stepRows)
            accumulateTransposedProduct(S₊.columns(rows), δA.columns(columns), into: tile)
        case .stateBias:
            δZ(of: block, stepRows).addRows(to: tile)
        case .candidateBias:
            let cell = cell(of: block)
            let δq = cell.δZ.rows(stepRows).columns(cell.cell.lastColumns).readOnly
            δq.columns(columns).addRows(to: tile)
        case .outputBias:
            block.readOut.factors(of: stepRows).gradients.columns(columns).addRows(to: tile)
        case .embedding, .initialState, .initialCellState:
            return
        }
    }

    private func cell<S>(of block: UnfoldedBlock<S>) -> UnfoldedCell<S> {
        block.cell(part.name.layer, part.name.isReverse ? 1 : 0)
    }

    /// The tile's columns of those of δZ that W_x has made.
    private func δZ<S>(of block: UnfoldedBlock<S>, _ rows: Range<Int>) -> MatrixView<S> {
        cell(of: block).inputGradients(rows).readOnly.columns(columns)
    }

    /// Adds S₋ᵀ δZ of some states, and Pᵀ δZ[n] where the candidate is multiplied after the reset.
    private func accumulate<S>(
        _ cell: UnfoldedCell<S>, _ before: Range<Int>, _ δZ: MatrixView<S>, into tile: MutableMatrixView<S>
    ) {
        let byStates = columns.clamped(to: 0..<cell.cell.stateColumns.count)
        if !byStates.isEmpty {
            accumulateTransposedProduct(
                cell.statesSeen(before).columns(rows), δZ.columns(cell.cell.stateColumns).columns(byStates),
                into: byStates == columns ? tile : tile.columns(0..<byStates.count))
        }
        if byStates == columns { return }
        let (P, δa_n) = (δZ.columns(cell.cell.lastColumns), δZ.columns(0..<cell.cell.width))
        let first = byStates.isEmpty ? columns.lowerBound - cell.cell.stateColumns.count : 0
        let count = columns.count - byStates.count
        accumulateTransposedProduct(
            P.columns(rows), δa_n.columns(first..<first + count),
            into: tile.columns(byStates.count..<columns.count))
    }

    /// δz_t of each row added to the row of its token: in ∂E/∂W_x or, where tokens are embedded, in a sum for each
    /// distinct token.
    private func accumulate<S>(
        _ tokens: TokenRows, _ block: UnfoldedBlock<S>, _ stepRows: Range<Int>, of batchRows: Range<Int>,
        into gradient: MutableVectorView<S>
    ) {
        let δZ = cell(of: block).inputGradients(stepRows).readOnly
        if let embedding = block.work.weights.embedding {
            let sums = embedding.gradients(part.name.isReverse ? 1 : 0)
            return sums.scatterAdd(δZ, at: tokens.places[batchRows], columns: columns)
        }
        let W_x = gradient.matrix(at: part.offset, rows: part.rows, columns: part.columns)
        W_x.scatterAdd(δZ, at: tokens.indices[batchRows], columns: columns)
    }
}
