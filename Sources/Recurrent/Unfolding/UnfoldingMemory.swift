import RecurrentLinearAlgebra
import Synchronization

/// The memory of all blocks of a pass: for each block that of its results; and working memory, one for each block or,
/// where a worker carries whole blocks, one for each worker.
final class UnfoldingMemory<S: Scalar> {
    private let work: PassAtWork<S>
    private let workers: Int
    private var kept: [Workspace<S>] = []
    private var passing: [Workspace<S>] = []
    /// The numbers of those of `passing` that are idle.
    private let idle = Mutex<[Int]>([])
    private var (blocks, workspaces) = (0, 0)
    /// The most elements that a block takes.
    private var largest = (kept: 0, passing: 0)
    private let counted = BlockMemory<S>(kept: Workspace(), passing: Workspace())
    private let probe: UnfoldedBlock<S>

    init(_ work: PassAtWork<S>, workers: Int) {
        self.work = work
        self.workers = workers
        probe = UnfoldedBlock(work)
    }

    /// Counts the elements that the blocks of the pass take in all, without taking any.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func count() -> Int {
        largest = (0, 0)
        let all = work.pass.batch.layout.blocks
        for block in all {
            counted.kept.empty()
            counted.passing.empty()
            probe.allocate(for: block, in: counted)
            largest.kept = max(largest.kept, counted.kept.count)
            largest.passing = max(largest.passing, counted.passing.count)
        }
        blocks = all.count
        workspaces = work.plan.carriesBlocks ? min(workers, blocks) : blocks
        return blocks * largest.kept + workspaces * largest.passing
    }

    /// Makes room for what was counted.
    func reserve() {
        while kept.count < blocks { kept.append(Workspace()) }
        while passing.count < workspaces { passing.append(Workspace()) }
        for number in 0..<blocks { kept[number].empty(room: largest.kept) }
        for number in 0..<workspaces { passing[number].empty(room: largest.passing) }
        idle.withLock { idle in
            idle.removeAll(keepingCapacity: true)
            for number in 0..<workspaces { idle.append(number) }
        }
    }

    /// The memory of a block that has its own for everything.
    func ofBlock(_ number: Int) -> BlockMemory<S> {
        BlockMemory(kept: kept[number], passing: passing[number])
    }

    /// Calls `body` with an idle workspace.
    func withWorkspace(_ body: (Workspace<S>) -> Void) {
        guard let number = idle.withLock({ $0.popLast() }) else {
            preconditionFailure("more workers than workspaces")
        }
        body(passing[number])
        idle.withLock { $0.append(number) }
    }

    /// The memory of a block that the owner of a workspace carries; the block that had it before is done.
    func ofBlock(_ number: Int, in workspace: Workspace<S>) -> BlockMemory<S> {
        workspace.empty()
        return BlockMemory(kept: kept[number], passing: workspace)
    }
}
