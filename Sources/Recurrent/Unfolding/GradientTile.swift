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
        let names: [ParameterName] = [
            .stateWeights, .outputWeights, .inputWeights, .stateBias, .outputBias,
        ]
        return names.compactMap { layout[$0] }.flatMap { part in
            let isGathered = part.name == .inputWeights && tokens
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

    /// Adds what a block's segment contributes to the tile of `part`, the whole part of the gradient.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func accumulate<S: Scalar>(
        _ block: UnfoldedBlock<S>, _ segment: Range<Int>, _ batch: SequenceBatch<S>,
        into part: MutableMatrixView<S>
    ) {
        let tile = part.rows(rows).columns(columns)
        // Of the tile's columns: δZ for the parts that lead into states, δA for those into outputs.
        let δ = (name == .outputWeights || name == .outputBias ? block.outputs : block.stateGradients)
            .readOnly.columns(columns)
        switch name {
        case .stateWeights:
            for run in block.block.runs {
                guard let run = run.within(segment) else { continue }
                accumulateProduct(
                    block.statesBefore(run).columns(rows), δ.rows(block.rows(run.steps)), into: tile)
            }
        case .inputWeights:
            switch batch.rows {
            case .values(let X):
                X.withView {
                    let X = $0.rows(block.batchRows(segment))
                    accumulateProduct(X.columns(rows), δ, into: tile)
                }
            case .tokens(let tokens):
                part.scatterAdd(
                    block.stateGradients.readOnly, at: tokens[block.batchRows(segment)], columns: columns)
            }
        case .outputWeights:
            accumulateProduct(block.states.readOnly.columns(rows), δ, into: tile)
        case .stateBias, .outputBias:
            δ.addRows(to: tile)
        }
    }
}
