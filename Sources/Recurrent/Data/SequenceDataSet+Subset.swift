import RecurrentLinearAlgebra

extension SequenceDataSet {
    /// Some of the sequences with their targets and weights, in the order given; one may come more than once. Balanced
    /// class weights stay those of the whole. Cost: a copy of them.
    ///
    /// - Precondition: there is at least one, and all are indices of sequences.
    public func subset(_ sequences: [Int]) -> SequenceDataSet {
        require(!sequences.isEmpty, "a data set needs at least one sequence")
        for sequence in sequences {
            require(
                lengths.indices.contains(sequence), "there is no sequence \(sequence) among \(lengths.count)")
        }
        let steps = sequences.flatMap { firstRows[$0]..<firstRows[$0] + lengths[$0] }
        let targetRows = hasTargetPerSequence ? sequences : steps
        let rows: Rows =
            switch rows {
            case .values(let values): .values(values.picking(steps))
            case .tokens(let tokens): .tokens(steps.map { tokens[$0] })
            }
        let targets: Targets<S> =
            switch targets {
            case .values(let values): .values(values.picking(targetRows))
            case .classes(let classes): .classes(targetRows.map { classes[$0] })
            case .labels(let labels): .labels(sequences.map { labels[$0] })
            }
        return SequenceDataSet(
            rows: rows, width: width, lengths: sequences.map { lengths[$0] }, targets: targets,
            weights: weights.picking(targetRows), hasTargetPerSequence: hasTargetPerSequence)
    }

    /// Sequences, targets and weights that have been checked.
    private init(
        rows: Rows, width: Int, lengths: [Int], targets: Targets<S>, weights: TargetWeights<S>,
        hasTargetPerSequence: Bool
    ) {
        (self.rows, self.width, self.lengths) = (rows, width, lengths)
        var row = 0
        firstRows = lengths.map { length in
            defer { row += length }
            return row
        }
        (self.targets, self.weights) = (targets, weights)
        self.hasTargetPerSequence = hasTargetPerSequence
    }

    /// A batch of some of the sequences, which names the rows of the data set and copies none.
    func batch(of sequences: [Int]) -> SequenceBatch<S> {
        let lengths = sequences.map { self.lengths[$0] }
        let layout = BatchLayout(steps: lengths.max() ?? 0, lengths: lengths)
        return SequenceBatch(
            layout: layout, width: width,
            rows: batchRows(layout.places(firstRows: sequences.map { firstRows[$0] })))
    }

    /// The inputs of a batch that has these rows of the data set.
    func batchRows(_ places: [Int32]) -> SequenceBatch<S>.Inputs {
        switch rows {
        case .values(let values): .rows(places, of: values)
        case .tokens(let tokens): .tokens(TokenRows(places.map { tokens[Int($0)] }, vocabulary: width))
        }
    }
}

extension Matrix {
    /// Copies of some rows.
    func picking(_ picked: [Int]) -> Matrix {
        var result = Matrix(rows: picked.count, columns: columns)
        if columns == 0 { return result }
        let indices = picked.map { Int32(clamping: $0) }
        result.withMutableView { result in
            self.withView { source in result.gatherRows(indices[...], of: source) }
        }
        return result
    }
}
