import RecurrentLinearAlgebra

// Checks of what objectives are made of. It may come from a file or a client: a value that does not fit is an error that is
// thrown.

extension Loss {
    /// - Throws: `DataError` if the loss is a caller's own, or does not go with the outputs.
    func requireBuiltIn(for configuration: NetworkConfiguration) throws(DataError) {
        if case .own(let name) = self {
            throw .impossibleLoss("the loss \(name) is the caller's own; make the objective with an OwnLoss")
        }
        let problem = problem(output: configuration.output, outputWidth: configuration.outputWidth)
        if let problem { throw .impossibleLoss(problem) }
    }

    /// - Throws: `DataError` for targets of another kind or shape.
    func require<S>(
        _ targets: Targets<S>, rows: TargetRows, at steps: LossSteps, _ configuration: NetworkConfiguration
    ) throws(DataError) {
        let isOfKind =
            switch targets {
            case .classes: takesClasses
            case .values: !takesClasses && !isOfSequences
            case .labels: isOfSequences
            }
        if !isOfKind { throw .targetKind(loss: rawValue, takes: targetWords) }
        switch targets {
        case .classes(let classes):
            if classes.count != rows.sourceCount {
                throw .classCount(found: classes.count, expected: rows.sourceCount)
            }
        case .values(let values):
            let width = configuration.outputWidth / outputsPerValue
            if values.columns != width { throw .targetWidth(found: values.columns, expected: width) }
            if values.rows != rows.sourceCount {
                throw .rowCount(found: values.rows, expected: rows.sourceCount)
            }
        case .labels(let labels):
            let sequences = rows.layout.sequences
            if labels.count != sequences { throw .targetCount(found: labels.count, sequences: sequences) }
            if steps != .every || configuration.isPooled { throw .labelsOfSomeSteps }
        }
    }

    /// - Throws: `DataError` for weights of values that the loss or the targets do not have.
    func require<S>(_ weights: Matrix<S>, like targets: Targets<S>) throws(DataError) {
        guard case .values(let values) = targets else { throw .valueWeightsOfClasses }
        if !weighsValues { throw .valueWeightsOfLoss(rawValue) }
        if weights.rows == values.rows && weights.columns == values.columns { return }
        throw .valueWeightShape(
            rows: weights.rows, columns: weights.columns, expectedRows: values.rows,
            expectedColumns: values.columns)
    }
}

extension OwnLoss {
    /// - Throws: `DataError` unless there are as many values or classes as rows, or no values.
    func require(_ targets: Targets<S>, rows: Int) throws(DataError) {
        switch targets {
        case .classes(let classes):
            if classes.count != rows { throw .classCount(found: classes.count, expected: rows) }
        case .values(let values):
            if values.rows != 0 && values.rows != rows {
                throw .rowCount(found: values.rows, expected: rows)
            }
        case .labels:
            throw .targetKind(loss: name, takes: "values or classes, or keeps others itself,")
        }
    }
}
