import RecurrentLinearAlgebra

extension Objective {
    /// - Throws: `DataError` naming the first target that carries a loss and cannot.
    func checkTargets() throws(DataError) {
        try layout.targetRows(isPooled: isPooled).forEach { (row, _, step, sequence) throws(DataError) in
            guard rowWeights[0, row] != 0 else { return }
            let place = Int(places[row])
            switch targets {
            case .classes(let classes):
                let index = Int(classes[place])
                guard (0..<outputWidth).contains(index) else {
                    throw .classOutOfRange(
                        sequence: sequence, step: step, index: index, classes: outputWidth)
                }
            case .values(let values):
                try check(values, at: place, step: step, sequence: sequence)
            case .labels(let labels):
                guard step == 0, let blank = loss.blank else { return }
                try CTCAlignments.check(
                    labels[place], sequence: sequence, steps: layout.lengths[sequence], classes: outputWidth,
                    blank: blank)
            }
        }
    }

    private func check(
        _ values: Matrix<S>, at place: Int, step: Int, sequence: Int
    ) throws(DataError) {
        let read = (0..<values.columns).filter { targetWeights?[place, $0] != 0 }
        if let feature = read.first(where: { !values[place, $0].isFinite }) {
            throw .notFinite(sequence: sequence, step: step, feature: feature)
        }
        if let problem = loss.problem(ofTarget: read.map { values[place, $0] }) {
            throw .impossibleTarget(sequence: sequence, step: step, problem)
        }
    }
}

extension TargetRows {
    /// The weights of an objective's rows.
    ///
    /// - Throws: `DataError` for weights of another shape, one that is negative or not finite, or if no step carries a loss.
    func weights<S: Scalar>(
        _ steps: LossSteps, _ factors: Matrix<S>?, _ classWeights: [S]?, _ targets: Targets<S>,
        _ targetWeights: Matrix<S>?, _ reduction: Reduction, classes: Int
    ) throws(DataError) -> Matrix<S> {
        let isOfSequences = if case .labels = targets { true } else { isPooled }
        let rowCount = isOfSequences ? 1 : layout.steps
        if let factors, factors.rows != rowCount || factors.columns != layout.sequences {
            throw .weightShape(
                rows: factors.rows, columns: factors.columns, steps: rowCount, sequences: layout.sequences)
        }
        var classOf: [Int32] = []
        if let classWeights {
            guard case .classes(let indices) = targets else { throw .classWeightsOfValues }
            guard classWeights.count == classes else {
                throw .classWeightCount(found: classWeights.count, classes: classes)
            }
            try ClassWeights.require(classWeights)
            classOf = indices
        }
        if let targetWeights { try check(targetWeights) }
        let places = places
        let weights = try weights(steps, reduction) { row, step, sequence -> S in
            let weight = factors?[isOfSequences ? 0 : step, sequence] ?? 1
            let place = Int(places[row])
            if let v = targetWeights, v.columns > 0, (0..<v.columns).allSatisfy({ v[place, $0] == 0 }) {
                return 0
            }
            guard let classWeights, weight != 0, classWeights.indices.contains(Int(classOf[place])) else {
                return weight
            }
            return weight * classWeights[Int(classOf[place])]
        }
        if weights.elements.allSatisfy({ $0 == 0 }) { throw .noLoss }
        return weights
    }

    /// - Throws: `DataError` naming the step where a value's weight is negative or not finite.
    private func check<S: Scalar>(_ targetWeights: Matrix<S>) throws(DataError) {
        try forEach { (_, place, step, sequence) throws(DataError) in
            for column in 0..<targetWeights.columns {
                try targetWeights[place, column].requireWeight(sequence: sequence, step: step)
            }
        }
    }
}
