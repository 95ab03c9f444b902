import RecurrentLinearAlgebra
import Synchronization

/// The memory of all blocks of a pass: for each block what is asked of it afterwards; and for what passes, either as
/// much for each block, or only for as many as are at work.
final class UnfoldingMemory<S: Scalar> {
    private let workers: Int
    private var kept: [Workspace<S>] = []
    private var passing: [Workspace<S>] = []
    /// Which of `passing` nobody uses.
    private let idle = Mutex<[Int]>([])
    private var (blocks, workspaces) = (0, 0)
    /// The most elements that a block takes.
    private var largest = (kept: 0, passing: 0)
    private let counted = BlockMemory<S>(kept: Workspace(), passing: Workspace())
    private let probe: UnfoldedBlock<S>

    init(_ configuration: NetworkConfiguration, workers: Int) {
        self.workers = workers
        probe = UnfoldedBlock(configuration)
    }

    /// Counts the elements that the blocks of a pass take in all, without taking any.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func count(_ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) -> Int {
        largest = (0, 0)
        for block in pass.batch.layout.blocks {
            counted.kept.begin()
            counted.passing.begin()
            probe.prepare(block, plan, pass, counted)
            largest.kept = max(largest.kept, counted.kept.taken)
            largest.passing = max(largest.passing, counted.passing.taken)
        }
        blocks = pass.batch.layout.blocks.count
        workspaces = plan.carriesBlocks ? min(workers, blocks) : blocks
        return blocks * largest.kept + workspaces * largest.passing
    }

    /// Makes room for what was counted.
    func reserve() {
        while kept.count < blocks { kept.append(Workspace()) }
        while passing.count < workspaces { passing.append(Workspace()) }
        for number in 0..<blocks { kept[number].begin(room: largest.kept) }
        for number in 0..<workspaces { passing[number].begin(room: largest.passing) }
        idle.withLock { idle in
            idle.removeAll(keepingCapacity: true)
            for number in 0..<workspaces { idle.append(number) }
        }
    }

    /// The memory of a block that has its own for everything.
    func ofBlock(_ number: Int) -> BlockMemory<S> {
        BlockMemory(kept: kept[number], passing: passing[number])
    }

    /// Calls `body` with a workspace that nobody else uses meanwhile.
    func withWorkspace(_ body: (Workspace<S>) -> Void) {
        guard let number = idle.withLock({ $0.popLast() }) else {
            preconditionFailure("more workers than workspaces")
        }
        body(passing[number])
        idle.withLock { $0.append(number) }
    }

    /// The memory of a block that is worked by whoever has the workspace; what was worked in it before is over.
    func ofBlock(_ number: Int, in workspace: Workspace<S>) -> BlockMemory<S> {
        workspace.begin()
        return BlockMemory(kept: kept[number], passing: workspace)
    }
}
