import RecurrentLinearAlgebra

// The run of a trainer and its checkpoints.
extension Trainer {
    /// Resumes training from the newest intact checkpoint in the folder, as the run that wrote it. Damaged ones
    /// are ignored, with a warning as the next event. Without a checkpoint training starts at the beginning.
    ///
    /// - Returns: the number of steps done, or nil without a checkpoint.
    /// - Throws: `TrainerError` naming the difference if the checkpoint is of another training.
    @discardableResult
    public func resume() throws(TrainerError) -> Int? {
        guard let checkpoints else { return nil }
        let (found, damaged) = checkpoints.files.newest()
        pending += damaged.map { .warning(.damagedCheckpoint($0)) }
        guard let found else {
            // Damaged files do not keep a run that was to be resumed from beginning again.
            if !damaged.isEmpty { run = CheckpointName.newRun() }
            return nil
        }
        try restore(found)
        return state.step
    }

    /// Begins a run, unless it has begun or been resumed.
    func beginRun() throws(TrainerError) {
        guard let checkpoints, run == nil else { return }
        do throws(FileError) {
            run = try checkpoints.beginRun()
        } catch {
            throw .checkpoint(error)
        }
    }

    /// Goes back to the newest intact checkpoint of this run, or to its beginning.
    func goBack() throws(TrainerError) {
        guard let checkpoints, let run else { return }
        let (found, damaged) = checkpoints.files.newest(of: run)
        pending += damaged.map { .warning(.damagedCheckpoint($0)) }
        if let found { try restore(found) } else { restart(from: begun) }
    }

    private func restore(_ found: CheckpointFiles.Found) throws(TrainerError) {
        do throws(CheckpointError) {
            let saved = try CheckpointReader(found.file).state(identity, begun: begun)
            guard isPossible(saved) else {
                throw .impossible("its position does not fit the data; remove it")
            }
            restart(from: saved)
        } catch {
            throw .checkpoint(FileError(path: found.path, problem: error.description))
        }
        run = found.run
    }

    /// True if this training can have reached a state.
    private func isPossible(_ state: TrainerState<S>) -> Bool {
        guard state.step >= 0, state.epoch >= 0, 0..<max(1, batchCount) ~= state.batch, state.rateFactor > 0,
            state.lossCount >= 0, state.clippedCount >= 0, state.epochsSinceBest >= 0
        else { return false }
        guard let carried = state.carried else { return true }
        guard case .streams(let streams, _) = data else { return false }
        return carried.rows == streams.streams && carried.columns == network.configuration.stateWidth
    }

    func writeCheckpoint() throws(TrainerError) {
        guard let checkpoints, let run else { return }
        do throws(FileError) {
            let path = try checkpoints.write(Checkpoint.encode(state, identity), of: run, step: state.step)
            goneBack = 0
            pending.append(.checkpoint(path: path, step: state.step))
        } catch {
            if settings.onCheckpointFailure == .stop { throw .checkpoint(error) }
            pending.append(.warning(.checkpointFailed(step: state.step, error)))
        }
    }
}
