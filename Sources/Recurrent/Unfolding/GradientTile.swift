import LinearAlgebra

/// A tile of one part of the gradient: what one worker sums up over all rows of all blocks,
///
///     ∂E/∂W_y = S₊ᵀ δA        ∂E/∂b_y = Σ δa_t
///     ∂E/∂W_s = S₋ᵀ δZ        ∂E/∂b_s = Σ δz_t
///     ∂E/∂W_x = Xᵀ δZ
///
/// in the order of the blocks and their rows. No two tiles share an element, so no partial sums of
/// different workers are ever added.
struct GradientTile {
    let name: ParameterName
    let rows: Range<Int>
    let columns: Range<Int>

    /// The tiles of all parts, the largest parts first: each part is cut in two, and where it is large into
    /// more. For tokens a tile of ∂E/∂W_x has all rows.
    static func tiles(of layout: ParameterLayout, tokens: Bool) -> [GradientTile] {
        let kinds: [ParameterName.Kind] = [
            .stateWeights, .outputWeights, .inputWeights, .stateBias, .outputBias,
        ]
        return kinds.flatMap { kind in layout.parts.filter { $0.name.kind == kind } }.flatMap { part in
            let isGathered = part.name.kind == .inputWeights && part.name.layer == 0 && tokens
            let height = isGathered ? part.rows : min(256, max(32, (part.rows + 1) / 2))
            let width = isGathered ? 128 : 1024
            return cut(part.rows, height).flatMap { rows in
                cut(part.columns, width).map { GradientTile(name: part.name, rows: rows, columns: $0) }
            }
        }
    }

    private static func cut(_ count: Int, _ size: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }

    /// Adds what a block's segment contributes to the tile of `part`, the whole part of the gradient or, for tokens
    /// that are embedded, what is summed up for each token.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func accumulate<S: Scalar>(
        _ block: UnfoldedBlock<S>, _ batch: SequenceBatch<S>, isEmbedded: Bool,
        into part: MutableMatrixView<S>
    ) {
        let cell = block.layers[name.layer].cells[name.isReverse ? 1 : 0]
        let segment = block.segment
        switch name.kind {
        case .stateWeights:
            let tile = part.rows(rows).columns(columns)
            let δZ = cell.stateGradients.readOnly.columns(columns)
            for run in block.block.runs {
                guard let run = run.within(segment.steps) else { continue }
                accumulateProduct(
                    cell.statesBefore(run).columns(rows), δZ.rows(segment.rows(run.steps)), into: tile)
            }
        case .inputWeights where name.layer > 0:
            let X = block.layers[name.layer - 1].outputs.readOnly
            accumulateProduct(
                X.columns(rows), cell.inInputOrder.readOnly.columns(columns),
                into: part.rows(rows).columns(columns))
        case .inputWeights:
            let δZ = cell.inInputOrder.readOnly
            switch batch.rows {
            case .values, .rows:
                block.withInputs(segment.steps, batch) { X in
                    accumulateProduct(
                        X.columns(rows), δZ.columns(columns), into: part.rows(rows).columns(columns))
                }
            case .tokens(let tokens):
                let batchRows = segment.batchRows(segment.steps)
                let indices = isEmbedded ? tokens.places[batchRows] : tokens.indices[batchRows]
                part.scatterAdd(δZ, at: indices, columns: columns)
            }
        case .outputWeights:
            accumulateProduct(
                block.readOut.inputs.readOnly.columns(rows), block.readOut.outputs.readOnly.columns(columns),
                into: part.rows(rows).columns(columns))
        case .stateBias:
            cell.stateGradients.readOnly.columns(columns).addRows(to: part.columns(columns))
        case .outputBias:
            block.readOut.outputs.readOnly.columns(columns).addRows(to: part.columns(columns))
        case .embedding, .initialState:
            return
        }
    }
}
