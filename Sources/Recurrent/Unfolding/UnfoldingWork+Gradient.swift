import RecurrentLinearAlgebra

// The gradient of the parameters: tiles that the workers share.
extension UnfoldingWork {
    /// What is summed up together: for networks that read both ways one layer, or the read-out, after the other; for
    /// others all of it or, of a block that is alone, what belongs to the first layer and what does not.
    func tileGroups(tokens: Bool) -> [[GradientTile]] {
        let tiles = GradientTile.tiles(of: layout, tokens: tokens)
        let byLayer = GradientTile.byLayer(tiles, layers: configuration.layers.count)
        if configuration.isBidirectional { return byLayer }
        return [tiles, byLayer[0], Array(byLayer.dropFirst().joined())]
    }

    func accumulate(group: Int, part: Int = 0) {
        run(.accumulate(group: group, part: part), items: tiles[group].count)
    }

    /// Adds to a tile the steps of a segment; for networks that read both ways those of a part.
    func accumulate(
        _ tile: GradientTile, _ part: Int, _ batch: SequenceBatch<S>, _ plan: UnfoldingPlan
    ) {
        guard let gradient else { return }
        for number in 0..<blockCount {
            let block = blocks[number]
            let isForward = !tile.isReadOut && !tile.name.isReverse
            let steps =
                configuration.isBidirectional ? plan.part(part, backwards: isForward) : block.segment.steps
            accumulate(tile, block, steps, batch, into: gradient)
        }
    }

    /// Adds to a tile some steps of a block's segment.
    func accumulate(
        _ tile: GradientTile, _ block: UnfoldedBlock<S>, _ steps: Range<Int>, _ batch: SequenceBatch<S>,
        into gradient: MutableVectorView<S>
    ) {
        // What there is once for a sequence belongs to the segment that is worked last.
        let isOnce = tile.isReadOut && configuration.isPooled
        guard block.segment.rowCount > 0, !isOnce || block.segment.steps.lowerBound == 0,
            let place = layout[tile.name]
        else { return }
        let isFirstLayer = tile.name.kind == .inputWeights && tile.name.layer == 0
        if isFirstLayer, let embedding = weights.embedding {
            let sums = embedding.gradients(tile.name.isReverse ? 1 : 0)
            return tile.accumulate(block, steps, batch, isEmbedded: true, into: sums)
        }
        let part = gradient.matrix(at: place.offset, rows: place.rows, columns: place.columns)
        tile.accumulate(block, steps, batch, isEmbedded: false, into: part)
    }

    /// ∂E/∂s_0 of a network's own s_0: the sum over all sequences, in the order of the blocks.
    func addInitialStateGradients(
        _ pass: UnfoldingPass<S>, into gradient: MutableVectorView<S>
    ) {
        guard configuration.learnsInitialState, pass.initialState == nil else { return }
        for number in 0..<blockCount {
            let block = blocks[number]
            for layer in block.layers {
                for cell in layer.cells {
                    guard let part = layout[cell.cell.name(.initialState)] else { continue }
                    cell.carriedGradient(block.block.sequences.count).readOnly.addRows(
                        to: gradient.matrix(at: part.offset, rows: 1, columns: part.columns))
                }
            }
        }
    }
}
