import RecurrentLinearAlgebra

/// A tile of one part of the gradient: what one worker sums up over all rows of all blocks,
///
///     ∂E/∂W_y = S₊ᵀ δA        ∂E/∂b_y = Σ δa_t
///     ∂E/∂W_s = S₋ᵀ δZ        ∂E/∂b_s = Σ δz_t
///     ∂E/∂W_x = Xᵀ δZ
///
/// in the order of the blocks and their rows. No two tiles share an element. In a lane of blocks each part is one tile.
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

    /// Each part as one tile.
    static func parts(of layout: ParameterLayout) -> [GradientTile] {
        layout.parts.map { GradientTile(name: $0.name, rows: 0..<$0.rows, columns: 0..<$0.columns) }
    }

    /// The tiles of what belongs to each layer, those of the read-out last.
    static func byLayer(_ tiles: [GradientTile], layers: Int) -> [[GradientTile]] {
        (0...layers).map { layer in tiles.filter { ($0.isReadOut ? layers : $0.name.layer) == layer } }
    }

    var isReadOut: Bool { name.kind == .outputWeights || name.kind == .outputBias }

    private static func cut(_ count: Int, _ size: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }

    /// Adds what some steps of a block's segment contribute to the tile of `part`, the whole part of the gradient or,
    /// for tokens that are embedded, what is summed up for each token.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func accumulate<S: Scalar>(
        _ block: UnfoldedBlock<S>, _ steps: Range<Int>, _ batch: SequenceBatch<S>, isEmbedded: Bool,
        into part: MutableMatrixView<S>
    ) {
        let cell = block.layers[name.layer].cells[name.isReverse ? 1 : 0]
        let stepRows = block.segment.rows(steps)
        if stepRows.isEmpty { return }
        switch name.kind {
        case .stateWeights:
            let tile = part.rows(rows).columns(columns)
            cell.forEachRecurrence(of: steps) { before, δZ in
                accumulateProduct(before.columns(rows), δZ.columns(columns), into: tile)
            }
        case .inputWeights where name.layer > 0:
            let X = block.layers[name.layer - 1].outputs.rows(stepRows).readOnly
            accumulateProduct(
                X.columns(rows), cell.stateGradients.rows(stepRows).readOnly.columns(columns),
                into: part.rows(rows).columns(columns))
        case .inputWeights:
            let δZ = cell.stateGradients.rows(stepRows).readOnly
            switch batch.rows {
            case .values, .rows:
                block.withInputs(steps, batch) { X in
                    accumulateProduct(
                        X.columns(rows), δZ.columns(columns), into: part.rows(rows).columns(columns))
                }
            case .tokens(let tokens):
                let batchRows = block.segment.batchRows(steps)
                let indices = isEmbedded ? tokens.places[batchRows] : tokens.indices[batchRows]
                part.scatterAdd(δZ, at: indices, columns: columns)
            }
        case .outputWeights:
            let (S₊, δA) = block.readOut.products(stepRows)
            accumulateProduct(
                S₊.columns(rows), δA.columns(columns), into: part.rows(rows).columns(columns))
        case .stateBias:
            cell.stateGradients.rows(stepRows).readOnly.columns(columns).addRows(to: part.columns(columns))
        case .outputBias:
            block.readOut.products(stepRows).gradients.columns(columns).addRows(to: part.columns(columns))
        case .embedding, .initialState:
            return
        }
    }
}
