import RecurrentLinearAlgebra

extension RecurrentNetwork {
    /// The outputs for all sequences of a data set, in its order: for each sequence a row of O for every step, or one row of
    /// a network with one output a sequence.
    ///
    /// - Parameters:
    ///   - data: the sequences; targets are not used.
    ///   - batchSize: the most sequences that are run at a time; 64 by default.
    ///   - workers: the number of threads that share the work; all processors by default.
    /// - Throws: `EvaluationError` if inputs and network do not go together, or if a batch does not fit into memory.
    ///
    /// Cost: a forward pass, and memory for all outputs. Sequences of about the same length are run together; the result
    /// does not depend on it but for rounding.
    public func predict(
        _ data: SequenceDataSet<S>, batchSize: Int = 64, workers: Int = Processors.usable
    ) throws(EvaluationError) -> [[[S]]] {
        if let problem = data.inputProblem(configuration) { throw .mismatch(problem) }
        var outputs = [[[S]]](repeating: [], count: data.count)
        let unfolding = Unfolding(for: self, workers: workers)
        for batch in data.batchesByLength(batchSize) {
            do throws(PassError) {
                let found = try unfolding.outputs(of: self, batch, of: data, activations: false)
                for (sequence, rows) in zip(batch, found) { outputs[sequence] = rows }
            } catch {
                throw .pass(error)
            }
        }
        return outputs
    }

    /// Metrics of the outputs for all sequences of a data set.
    ///
    /// - Parameters:
    ///   - data: sequences with targets.
    ///   - metrics: what is asked for, of classes or of values as the targets are.
    ///   - steps: the steps that are judged; every one by default.
    ///   - batchSize: the most sequences that are run at a time; 64 by default.
    ///   - workers: the number of threads that share the work; all processors by default.
    /// - Throws: `EvaluationError` if data, network and metrics do not go together, or if a batch does not fit into memory.
    ///
    /// Cost: a forward pass, and memory for the outputs of a batch.
    public func evaluate(
        _ data: SequenceDataSet<S>, _ metrics: [Metric], at steps: LossSteps = .every, batchSize: Int = 64,
        workers: Int = Processors.usable
    ) throws(EvaluationError) -> Evaluation {
        if let problem = data.problem(with: metrics, configuration) { throw .mismatch(problem) }
        var sums = MetricSums(metrics, of: data, for: configuration)
        let unfolding = Unfolding(for: self, workers: workers)
        for batch in data.batchesByLength(batchSize) {
            do throws(PassError) {
                try sums.add(self, batch, of: data, at: steps, in: unfolding)
            } catch {
                throw .pass(error)
            }
        }
        return sums.evaluation
    }
}

extension Unfolding {
    /// y, or a, of some sequences of a data set: a row for every step, or one.
    func outputs(
        of network: RecurrentNetwork<S>, _ sequences: [Int], of data: SequenceDataSet<S>, activations: Bool
    ) throws(PassError) -> [[[S]]] {
        let batch = data.batch(of: sequences)
        var result = ForwardPass(for: batch, network)
        var pass = UnfoldingPass(parameters: network.parameters, batch: batch)
        pass.appliesOutputFunction = !activations
        try forward(pass, into: &result)
        return sequences.enumerated().map { index, sequence in
            let count = configuration.isPooled ? 1 : data.lengths[sequence]
            return (0..<count).map { result.outputs.row($0 * sequences.count + index).elements }
        }
    }
}

extension SequenceDataSet {
    /// All sequences in batches of about equal length.
    ///
    /// - Precondition: a batch has at least one sequence.
    fileprivate func batchesByLength(_ size: Int) -> [[Int]] {
        require(size >= 1, "a batch has at least one sequence, not \(size)")
        let byLength = lengths.indices.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
        return stride(from: 0, to: count, by: size).map { Array(byLength[$0..<min($0 + size, count)]) }
    }
}
