import RecurrentLinearAlgebra
import NaiveReference
import Recurrent

/// A problem with random numbers, for the engine and for the naive reference.
package struct Drawn<S: Scalar> {
    package let network: RecurrentNetwork<S>
    package let batch: SequenceBatch<S>
    package let objective: Objective<S>
    /// nil if the network has its own.
    package let initialState: Matrix<S>?
    package let dropoutSeed: UInt64?
    package let stepLimit: Double?
    package let naive: NaiveNetwork
    package let sequences: [NaiveSequence]
    package let naiveLoss: NaiveLoss

    package init(_ problem: Problem, seed: UInt64 = 1) throws {
        var generator = RandomGenerator(seed: seed)
        func uniform() -> Double { generator.uniform(within: 1) }
        func rows(_ count: Int, _ width: Int) -> [[Double]] {
            (0..<count).map { _ in (0..<width).map { _ in Double(S(uniform())) } }
        }
        let (T, B, O) = (problem.T, problem.B, problem.O)
        let configuration = problem.configuration
        let isPooled = configuration.isPooled
        let lengths = (0..<B).map { problem.ragged ? T - $0 * 5 % T : T }
        var x = lengths.map { rows($0, problem.I) }
        let stepWeights = Matrix<Double>(rows: T, columns: B) { t, b in
            (t + b) % 3 == 0 ? 0 : 0.5 * Double(t + 1)
        }
        let s0 = rows(B, configuration.stateWidth)

        // Random forget biases as well, since equal ones would hide a wrong order of the gates.
        var network = RecurrentNetwork<S>(
            configuration, initialiser: .uniform, forgetBias: nil, using: &generator)
        if problem.learnsInitialState {
            for part in network.parameters.layout.parts
            where [.initialState, .initialCellState].contains(part.name.kind) {
                network.parameters[part.name] = Matrix(rows(1, part.columns)).converted(to: S.self)
            }
        }
        self.network = network
        if problem.embeddingWidth != nil {
            let tokens = lengths.map { (0..<$0).map { _ in generator.index(below: problem.I) } }
            x = tokens.map { $0.map { token in (0..<problem.I).map { $0 == token ? 1 : 0 } } }
            batch = try SequenceBatch(tokens: tokens, vocabulary: problem.I)
        } else {
            x = x.map { $0.map { $0.map { Double(S($0 * problem.inputScale)) } } }
            batch = try SequenceBatch(x.map { $0.map { $0.map { S($0) } } })
        }
        initialState = problem.learnsInitialState ? nil : Matrix(s0).converted(to: S.self)
        (dropoutSeed, stepLimit) = (problem.dropoutSeed, problem.stepLimit)

        // A target for each step or for each sequence.
        let counts = isPooled ? lengths.map { _ in 1 } : lengths
        var d = counts.map { rows($0, O / problem.loss.valueOutputs) }
        let batch = batch
        func matrix(_ rows: [[[Double]]]) throws -> Targets<S> {
            let values = rows.map { $0.map { $0.map { S($0) } } }
            return try isPooled
                ? batch.targets(perSequence: values.map { $0[0] }) : batch.targets(everyStep: values)
        }
        let valueWeights = d.map { sequence in
            sequence.map { row in row.indices.map { Double(($0 + sequence.count) % 3) } }
        }
        let targets: Targets<S>
        if problem.loss.takesClassIndices {
            let classes = counts.map { (0..<$0).map { _ in generator.index(below: O) } }
            d = classes.map { $0.map { problem.loss.row(ofClass: $0, outputWidth: O) } }
            targets =
                try isPooled
                ? batch.targets(perSequence: classes.map { $0[0] }) : batch.targets(everyStep: classes)
        } else {
            if [.binaryCrossEntropy, .poisson, .softCrossEntropy].contains(problem.loss) {
                d = d.map { $0.map { $0.map { abs($0) } } }
            }
            if problem.loss == .softCrossEntropy {
                d = d.map { $0.map { row in row.map { $0 / row.reduce(0, +) } } }
            }
            if problem.weighsValues {
                for (b, t) in d.indices.flatMap({ b in d[b].indices.map { (b, $0) } }) {
                    for i in d[b][t].indices where valueWeights[b][t][i] == 0 { d[b][t][i] = .nan }
                }
            }
            targets = try matrix(d)
        }
        var targetWeights: Matrix<S>?
        if problem.weighsValues, case .values(let values) = try matrix(valueWeights) {
            targetWeights = values
        }
        objective = try Objective(
            problem.loss, targets, on: batch, for: network, at: problem.steps == .last ? .last : .every,
            weights: problem.steps == .weighted ? stepWeights.converted(to: S.self) : nil,
            targetWeights: targetWeights, reduction: problem.reduction)

        let weights = counts.enumerated().map { b, count in
            (0..<count).map { t -> Double in
                return switch problem.steps {
                case .last: t == count - 1 ? 1.0 : 0
                case .weighted: stepWeights[t, b]
                case .every: 1
                }
            }
        }
        let divisor: Double =
            switch problem.reduction {
            case .sum: 1
            case .meanOverSequences: Double(B)
            case .meanOverSteps: Double(weights.joined().count { $0 != 0 })
            case .weightedMean: weights.joined().reduce(0, +)
            }
        let cells = NaiveNetwork.cells(of: network)
        let parameters = network.parameters
        func initial(_ name: ParameterName, _ columns: Range<Int>, sequence b: Int) -> [Double] {
            parameters[name]?.converted(to: Double.self).rowArrays[0] ?? Array(s0[b][columns])
        }
        sequences = (0..<B).map { b in
            var sequence = NaiveSequence(
                x: x[b], d: d[b].map { $0.map { Double(S($0)) } },
                weight: weights[b].map { $0 / divisor },
                s0: cells.map { layer in
                    layer.map { cell in
                        let name = ParameterName.initialState(layer: cell.layer, reverse: cell.isReverse)
                        return initial(name, cell.s, sequence: b)
                    }
                },
                c0: cells.map { layer in
                    layer.map { cell in
                        let name = ParameterName.initialCellState(layer: cell.layer, reverse: cell.isReverse)
                        return initial(name, cell.c, sequence: b)
                    }
                })
            if problem.weighsValues { sequence.valueWeight = valueWeights[b] }
            sequence.addMasks(problem, sequence: b)
            return sequence
        }
        var naive = NaiveNetwork(network)
        naive.stepLimit = problem.stepLimit
        self.naive = naive
        naiveLoss = problem.loss.naive(outputWidth: O)
    }

    /// Computes E and its gradients by the engine.
    package func lossAndGradient(
        in unfolding: Unfolding<S>, inputGradient: Bool? = nil
    ) throws -> Double {
        try unfolding.lossAndGradient(
            of: network, on: batch, objective, from: initialState,
            inputGradient: inputGradient ?? !batch.isTokens, dropoutSeed: dropoutSeed,
            stepLimit: stepLimit.map { S($0) })
    }
}

/// max |a − b| / max |b|; infinite if there is a NaN.
package func deviation<S: Scalar>(_ a: Matrix<S>, _ b: Matrix<Double>) -> Double {
    let distance = (a.converted(to: Double.self) - b).largestMagnitude
    if distance.isNaN { return .infinity }
    return distance == 0 ? 0 : distance / b.largestMagnitude
}
