import RecurrentLinearAlgebra

/// The blocks of a pass with their memory, and what is read from all of them together.
final class UnfoldedBlocks<S: Scalar> {
    private let work: PassAtWork<S>
    private let memory: UnfoldingMemory<S>
    private var blocks: [UnfoldedBlock<S>] = []
    /// The number of blocks of the last pass.
    private(set) var count = 0

    init(_ work: PassAtWork<S>, workers: Int) {
        self.work = work
        memory = UnfoldingMemory(work, workers: workers)
    }

    subscript(number: Int) -> UnfoldedBlock<S> { blocks[number] }

    /// Counts the elements that the pass takes, without taking any. Comes before `reserve`.
    func countElements() -> Int { memory.count() }

    /// Makes room for the pass. Blocks that are not carried by one worker each get their memory here.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func reserve() {
        count = work.pass.batch.layout.blocks.count
        memory.reserve()
        while blocks.count < count { blocks.append(UnfoldedBlock(work)) }
        if work.plan.carriesBlocks { return }
        for number in 0..<count { allocate(number, in: memory.ofBlock(number)) }
    }

    /// Calls `body` with each of some blocks, one after the other in the same memory.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func carry(_ numbers: Range<Int>, _ body: (UnfoldedBlock<S>) -> Void) {
        memory.withWorkspace { workspace in
            for number in numbers {
                allocate(number, in: memory.ofBlock(number, in: workspace))
                body(blocks[number])
            }
        }
    }

    private func allocate(_ number: Int, in memory: BlockMemory<S>) {
        blocks[number].allocate(for: work.pass.batch.layout.blocks[number], in: memory)
    }
}

// Results of all blocks, in their order.
extension UnfoldedBlocks {
    var loss: Double { (0..<count).reduce(0) { $0 + blocks[$1].loss } }

    /// True if δz_t of some step was clipped in the last pass.
    var wasClipped: Bool {
        var wasClipped = false
        for number in 0..<count {
            blocks[number].forEachCell { wasClipped = wasClipped || $0.wasClipped }
        }
        return wasClipped
    }

    /// The share of the states of a backward pass that are saturated.
    var saturation: Double {
        var (saturated, all) = (0, 0)
        for number in 0..<count {
            blocks[number].forEachCell {
                (saturated, all) = (saturated + $0.saturatedCount, all + $0.stateCount)
            }
        }
        return all == 0 ? 0 : Double(saturated) / Double(all)
    }

    /// The rows that `rows` gives for every cell's s, and c if it has one, and the block's sequences, side by side: B × H.
    func rows(_ rows: (UnfoldedCell<S>, StatePart) -> MatrixView<S>) -> Matrix<S> {
        let sequences = (0..<count).reduce(0) { $0 + blocks[$1].block.sequences.count }
        var all = Matrix<S>(rows: sequences, columns: work.configuration.stateWidth)
        all.withMutableView { all in
            for block in blocks.prefix(count) {
                block.forEachCell { cell in
                    for part in cell.cell.stateParts {
                        let target = all.columns(cell.cell.columns).columns(cell.cell.columns(of: part))
                        let source = rows(cell, part)
                        for (index, sequence) in block.block.sequences.enumerated() {
                            target.rows(sequence..<sequence + 1).copy(from: source.rows(index..<index + 1))
                        }
                    }
                }
            }
        }
        return all
    }

    /// Adds ∂E/∂s_0 and ∂E/∂c_0 of a network's own to the gradient: the sums over all sequences.
    func addInitialStateGradients() {
        guard work.configuration.learnsInitialState, work.pass.initialState == nil else { return }
        for number in 0..<count {
            blocks[number].forEachCell { cell in
                for part in cell.cell.stateParts {
                    let kind: ParameterName.Kind = part == .s ? .initialState : .initialCellState
                    guard let place = work.layout[cell.cell.name(kind)] else { return }
                    cell.initialStateGradients(part).addRows(to: work.gradient(of: place))
                }
            }
        }
    }
}
