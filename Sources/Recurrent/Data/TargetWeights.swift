import RecurrentLinearAlgebra

/// The weights of a data set's targets in their order, checked.
struct TargetWeights<S: Scalar>: Sendable {
    /// One for each target; nil if all are 1.
    private(set) var rows: [S]?
    /// Of the targets' shape; nil if all are 1.
    private(set) var values: Matrix<S>?

    /// - Parameters:
    ///   - weights: as the caller gave them.
    ///   - targets: all targets.
    ///   - counts: the number of each sequence's targets.
    /// - Throws: `DataError` for weights that are missing, too many, negative or not finite.
    init(_ weights: LossWeights<S>, of targets: Targets<S>, counts: [Int]) throws(DataError) {
        if case .labels = targets, weights.targets != nil { throw .targetWeightsOfLabels }
        if weights.sequences != nil || weights.targets != nil {
            rows = try Self.rows(weights, counts: counts)
        }
        if let given = weights.values { try setValues(given, of: targets, counts: counts) }
        if let given = weights.classes { try multiply(given, of: targets, counts: counts) }
    }

    /// Those of some targets.
    func picking(_ picked: [Int]) -> TargetWeights {
        var weights = self
        weights.rows = rows.map { rows in picked.map { rows[$0] } }
        weights.values = values?.picking(picked)
        return weights
    }

    /// The weight of a target.
    func row(_ row: Int) -> S { rows?[row] ?? 1 }

    /// False for a value that carries no loss.
    func counts(_ row: Int, _ column: Int) -> Bool { self.row(row) != 0 && values?[row, column] != 0 }

    private static func rows(_ weights: LossWeights<S>, counts: [Int]) throws(DataError) -> [S] {
        try requireCount(weights.sequences?.count, counts.count)
        try requireCount(weights.targets?.count, counts.count)
        var rows: [S] = []
        for (sequence, count) in counts.enumerated() {
            try requireCount(weights.targets?[sequence].count, count, sequence: sequence)
            for step in 0..<count {
                let factors = [weights.sequences?[sequence] ?? 1, weights.targets?[sequence][step] ?? 1]
                for factor in factors { try factor.requireWeight(sequence: sequence, step: step) }
                rows.append(factors[0] * factors[1])
            }
        }
        return rows
    }

    /// v, and the weight 0 for targets all of whose values have the factor 0.
    private mutating func setValues(
        _ given: [[[S]]], of targets: Targets<S>, counts: [Int]
    ) throws(DataError) {
        guard case .values(let d) = targets else { throw .valueWeightsOfClasses }
        try Self.requireCount(given.count, counts.count)
        var (values, rows, row) = (Matrix<S>(rows: d.rows, columns: d.columns), rows, 0)
        for (sequence, count) in counts.enumerated() {
            try Self.requireCount(given[sequence].count, count, sequence: sequence)
            for (step, factors) in given[sequence].enumerated() {
                try Self.requireCount(factors.count, d.columns, sequence: sequence)
                for (column, factor) in factors.enumerated() {
                    try factor.requireWeight(sequence: sequence, step: step)
                    values[row, column] = factor
                }
                if d.columns > 0 && factors.allSatisfy({ $0 == 0 }) {
                    if rows == nil { rows = Array(repeating: 1, count: d.rows) }
                    rows?[row] = 0
                }
                row += 1
            }
        }
        (self.values, self.rows) = (values, rows)
    }

    private mutating func multiply(
        _ given: ClassWeights<S>, of targets: Targets<S>, counts: [Int]
    ) throws(DataError) {
        guard case .classes(let classes) = targets else { throw .classWeightsOfValues }
        let weights = given.weights(of: classes) { self.row($0) != 0 }
        try ClassWeights<S>.require(weights)
        var (all, row) = ([S](), 0)
        for (sequence, count) in counts.enumerated() {
            for step in 0..<count {
                let index = Int(classes[row])
                let weight = self.row(row)
                guard weights.indices.contains(index) || weight == 0 else {
                    throw .classOutOfRange(
                        sequence: sequence, step: step, index: index, classes: weights.count)
                }
                all.append(weight == 0 ? 0 : weight * weights[index])
                row += 1
            }
        }
        rows = all
    }

    private static func requireCount(
        _ found: Int?, _ expected: Int, sequence: Int? = nil
    ) throws(DataError) {
        if let found, found != expected {
            throw .weightCount(sequence: sequence, found: found, expected: expected)
        }
    }
}

extension Scalar {
    /// - Throws: `DataError` if this is no weight.
    func requireWeight(sequence: Int, step: Int) throws(DataError) {
        if self >= 0 && isFinite { return }
        throw .weight(sequence: sequence, step: step, value: Double(self))
    }
}

extension ClassWeights {
    /// - Throws: `DataError` naming the class whose weight is negative or not finite.
    static func require(_ weights: [S]) throws(DataError) {
        for (index, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
            throw .classWeight(index: index, value: Double(weight))
        }
    }
}
