import RecurrentLinearAlgebra

// One timestep at a time. Many threads may step different states of one network at once.
extension RecurrentNetwork {
    /// The state of sequences that have not begun: the network's s_0 and c_0, or zero.
    ///
    /// - Precondition: `sequences` is at least 1.
    public func state(sequences: Int) -> NetworkState<S> {
        requireSequences(sequences)
        var values = Matrix<S>(rows: sequences, columns: configuration.stateWidth)
        for cell in configuration.cells {
            for part in cell.stateParts {
                let name = cell.name(part == .s ? .initialState : .initialCellState)
                guard let own = parameters.view(of: name) else { continue }
                values.withMutableView { values in
                    let columns = values.columns(cell.columns).columns(cell.columns(of: part))
                    for row in 0..<sequences { columns.rows(row..<row + 1).copy(from: own) }
                }
            }
        }
        return NetworkState(values, of: self)
    }

    /// The state of sequences whose states are `values`, B × H with the states of all layers side by side, for
    /// instance a `ForwardPass`'s final state.
    ///
    /// - Throws: `StateError` if there are no rows, or rows of another width than H, or a value that is not finite.
    public func state(from values: Matrix<S>) throws(StateError) -> NetworkState<S> {
        guard values.rows > 0, values.columns == configuration.stateWidth else {
            throw .shape(
                rows: values.rows, columns: values.columns, sequences: max(values.rows, 1),
                width: configuration.stateWidth)
        }
        do throws(InitialStateError) {
            try InitialStateError.check(values)
        } catch {
            throw .initialState(error)
        }
        return NetworkState(values, of: self)
    }

    /// One timestep of every sequence, in place: `state.values` becomes s_t and `state.outputs` y_t.
    ///
    /// - Parameters:
    ///   - x: x_t, B × I, one row a sequence.
    ///   - state: the sequences' state; made by this network or a copy of it.
    /// - Throws: `StateError` if the state is another network's, if x is not B × I, or if it is not
    ///   finite.
    ///
    /// Cost: 2·B·(I·H + H·H + H·O) operations; no memory is allocated.
    @specialized(where S == Double)
    @specialized(where S == Float)
    public func step(_ x: Matrix<S>, _ state: inout NetworkState<S>) throws(StateError) {
        try requireOwn(state)
        try requireValues()
        guard x.rows == state.sequences, x.columns == configuration.inputWidth else {
            throw .shape(
                rows: x.rows, columns: x.columns, sequences: state.sequences,
                width: configuration.inputWidth)
        }
        try x.withView { (x) throws(StateError) in try advance(x, &state) }
    }

    /// One timestep of a single sequence, in place: `state.values` becomes s_t and `state.outputs` y_t.
    ///
    /// - Parameters:
    ///   - x: x_t, I numbers.
    ///   - state: the sequence's state; made by this network or a copy of it.
    /// - Throws: `StateError` if the state is another network's or of several sequences, if x has not I
    ///   numbers, or if it is not finite.
    @specialized(where S == Double)
    @specialized(where S == Float)
    public func step(_ x: [S], _ state: inout NetworkState<S>) throws(StateError) {
        try requireOwn(state)
        try requireValues()
        guard state.sequences == 1, x.count == configuration.inputWidth else {
            throw .shape(
                rows: 1, columns: x.count, sequences: state.sequences, width: configuration.inputWidth)
        }
        try unsafe x.withUnsafeBufferPointer { (x) throws(StateError) in
            guard let base = x.baseAddress else { return }
            try advance(unsafe MatrixView(base: base, rows: 1, columns: x.count), &state)
        }
    }

    /// One timestep of every sequence, its input being a token: the row of W_x, or of the embedding, that its index
    /// names.
    ///
    /// - Parameters:
    ///   - tokens: one index in 0..<I for each sequence.
    ///   - state: the sequences' state; made by this network or a copy of it.
    /// - Throws: `StateError` if the state is another network's, or naming the invalid token.
    @specialized(where S == Double)
    @specialized(where S == Float)
    public func step(tokens: [Int], _ state: inout NetworkState<S>) throws(StateError) {
        try requireOwn(state)
        guard tokens.count == state.sequences else {
            throw .tokenCount(found: tokens.count, sequences: state.sequences)
        }
        let vocabulary = configuration.inputWidth
        for (sequence, index) in tokens.enumerated() where !(0..<vocabulary).contains(index) {
            throw .tokenOutOfRange(sequence: sequence, index: index, vocabulary: vocabulary)
        }
        let W_e = parameters.view(of: .embedding)
        BLASLibrary.withSingleThread {
            state.advance(self) { W_x, z in
                for (sequence, index) in tokens.enumerated() {
                    let z = z.rows(sequence..<sequence + 1)
                    guard let W_e else {
                        z.copy(from: W_x.rows(index..<index + 1))
                        continue
                    }
                    gemm(W_e.rows(index..<index + 1), W_x, into: z)
                }
            }
        }
    }

    private func refuse(_ values: MatrixView<S>) throws(StateError) {
        for sequence in 0..<values.rows {
            for feature in 0..<values.columns where !values[sequence, feature].isFinite {
                throw .notFinite(sequence: sequence, feature: feature)
            }
        }
    }

    private func requireOwn(_ state: NetworkState<S>) throws(StateError) {
        if state.identity != identity { throw .otherNetwork }
        if configuration.isBidirectional || configuration.readOut == .meanOverSteps {
            throw .needsWholeSequence
        }
    }

    private func requireValues() throws(StateError) {
        if configuration.embeddingWidth != nil { throw .embedsTokens }
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    private func advance(_ x: MatrixView<S>, _ state: inout NetworkState<S>) throws(StateError) {
        if !x.isFinite { try refuse(x) }
        BLASLibrary.withSingleThread {
            state.advance(self) { W_x, z in gemm(x, W_x, into: z) }
        }
    }
}
