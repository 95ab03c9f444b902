import Foundation
import LinearAlgebra
import NaiveReference
import Recurrent

/// A network with its batch and task, drawn from a seed: what every cross-cutting test walks over.
struct Model: CustomStringConvertible {
    var activation = Activation.tanh
    var output = OutputFunction.linear
    var loss = Loss.halfSquaredError
    var stateBias = true
    var outputBias = true
    var recurrent = true
    var layers = 1
    var directions = Directions.forward
    var readOut = ReadOut.everyStep
    var embeddingWidth: Int?
    var dropout = 0.0
    var stateDropout = 0.0
    var learnsInitialState = false
    var T = 4
    var B = 3
    var ragged = false
    var steps = "every"
    var reduction = Reduction.sum
    var I = 3
    var H = 5
    var O = 2

    var description: String {
        "\(activation) \(output) \(loss) b_s:\(stateBias) b_y:\(outputBias) W_s:\(recurrent) layers:\(layers) \(directions) \(readOut) embedding:\(embeddingWidth ?? 0) dropout:\(dropout),\(stateDropout) s_0:\(learnsInitialState) T=\(T) B=\(B) ragged:\(ragged) \(steps) \(reduction)"
    }

    var configuration: ElmanConfiguration {
        ElmanConfiguration(
            inputWidth: I, stateWidth: H, outputWidth: O, layers: layers, activation: activation,
            output: output, directions: directions, stateBias: stateBias, outputBias: outputBias,
            recurrent: recurrent, embeddingWidth: embeddingWidth, readOut: readOut, dropout: dropout,
            stateDropout: stateDropout, learnsInitialState: learnsInitialState)
    }

    /// What decides the masks, if something is dropped.
    var dropoutSeed: UInt64? { dropout + stateDropout > 0 ? 77 : nil }

    /// A short list that has every feature at least once; all of it is smooth where it is drawn.
    static let list =
        [
            Model(), Model(activation: .sigmoid), Model(activation: .relu), Model(activation: .identity),
            Model(output: .softmax, loss: .crossEntropy), Model(output: .sigmoid, loss: .binaryCrossEntropy),
            Model(output: .softmax, loss: .squaredError), Model(output: .sigmoid, loss: .meanSquaredError),
            Model(stateBias: false, outputBias: false), Model(recurrent: false), Model(T: 1, B: 1),
            Model(T: 7, B: 4, ragged: true), Model(T: 6, ragged: true, steps: "last"),
            Model(T: 6, ragged: true, steps: "weighted", reduction: .meanOverSteps),
            Model(
                output: .softmax, loss: .crossEntropy, T: 5, ragged: true, steps: "last",
                reduction: .meanOverSequences),
            Model(T: 9, B: 1, I: 1, H: 7, O: 1),
        ] + deep

    /// Stacks, both directions, the other read-outs, embeddings, dropout, trainable initial states.
    static let deep = [
        Model(layers: 2), Model(activation: .relu, layers: 3, T: 6, B: 5, ragged: true),
        Model(activation: .sigmoid, stateBias: false, layers: 2, T: 6, ragged: true, steps: "last"),
        Model(directions: .bidirectional, T: 6, B: 5, ragged: true),
        Model(layers: 2, directions: .bidirectional, T: 5, B: 4, ragged: true),
        Model(
            output: .softmax, loss: .crossEntropy, layers: 3, directions: .bidirectionalSum, T: 5,
            ragged: true),
        Model(recurrent: false, layers: 2, directions: .bidirectional),
        Model(readOut: .lastStep, T: 6, B: 5, ragged: true),
        Model(readOut: .meanOverSteps, T: 6, B: 5, ragged: true),
        Model(
            output: .softmax, loss: .crossEntropy, directions: .bidirectional, readOut: .lastStep, T: 6,
            B: 5, ragged: true, reduction: .meanOverSequences),
        Model(layers: 2, directions: .bidirectionalSum, readOut: .lastStep, T: 6, B: 5, ragged: true),
        Model(directions: .bidirectional, readOut: .meanOverSteps, T: 6, B: 5, ragged: true),
        Model(layers: 2, directions: .bidirectionalSum, readOut: .meanOverSteps, T: 6, ragged: true),
        Model(embeddingWidth: 4, T: 6, B: 5, ragged: true, I: 9),
        Model(layers: 2, directions: .bidirectional, embeddingWidth: 2, T: 6, ragged: true, I: 5),
        Model(layers: 2, dropout: 0.4, T: 6, B: 5, ragged: true, H: 8),
        Model(stateDropout: 0.4, T: 6, B: 5, ragged: true, H: 8),
        Model(
            layers: 2, directions: .bidirectional, readOut: .meanOverSteps, dropout: 0.3, stateDropout: 0.3,
            T: 6, B: 5, ragged: true, H: 8),
        Model(learnsInitialState: true, T: 6, B: 5, ragged: true),
        Model(layers: 2, directions: .bidirectional, learnsInitialState: true, T: 6, B: 5, ragged: true),
    ]

    /// Losses and outputs that go together.
    static let tasks: [(OutputFunction, Loss)] = OutputFunction.allCases.flatMap { output in
        Loss.allCases.filter { $0.accepts(output) }.map { (output, $0) }
    }
}

/// The parts that a model draws, for the engine and for the naive reference.
struct Drawn<S: Scalar> {
    let network: ElmanNetwork<S>
    let batch: SequenceBatch<S>
    let objective: Objective<S>
    /// nil where the network has its own.
    let initialState: Matrix<S>?
    let dropoutSeed: UInt64?
    let naive: NaiveNetwork
    let sequences: [NaiveSequence]
    let naiveLoss: NaiveLoss

    init(_ model: Model, seed: UInt64 = 1) throws {
        var generator = RandomGenerator(seed: seed)
        func uniform() -> Double { generator.uniform(within: 1) }
        func rows(_ count: Int, _ width: Int) -> [[Double]] {
            (0..<count).map { _ in (0..<width).map { _ in Double(S(uniform())) } }
        }
        let (T, B, O) = (model.T, model.B, model.O)
        let configuration = model.configuration
        let isPooled = configuration.isPooled
        let lengths = (0..<B).map { model.ragged ? T - $0 * 5 % T : T }
        var x = lengths.map { rows($0, model.I) }
        let stepWeights = Matrix<Double>(rows: T, columns: B) { t, b in
            (t + b) % 3 == 0 ? 0 : 0.5 * Double(t + 1)
        }
        let s0 = rows(B, configuration.stateWidth)

        var network = ElmanNetwork<S>(configuration, initialiser: .uniform, using: &generator)
        if model.learnsInitialState {
            for part in network.parameters.layout.parts where part.name.kind == .initialState {
                network.parameters[part.name] = Matrix(rows(1, part.columns)).converted(to: S.self)
            }
        }
        self.network = network
        if model.embeddingWidth != nil {
            let tokens = lengths.map { (0..<$0).map { _ in generator.index(below: model.I) } }
            x = tokens.map { $0.map { token in (0..<model.I).map { $0 == token ? 1 : 0 } } }
            batch = try SequenceBatch(tokens: tokens, vocabulary: model.I)
        } else {
            batch = try SequenceBatch(x.map { $0.map { $0.map { S($0) } } })
        }
        initialState = model.learnsInitialState ? nil : Matrix(s0).converted(to: S.self)
        dropoutSeed = model.dropoutSeed

        // A target for each step or for each sequence.
        let counts = isPooled ? lengths.map { _ in 1 } : lengths
        var d = counts.map { rows($0, O) }
        let targets: Targets<S>
        if model.loss == .crossEntropy {
            let classes = counts.map { (0..<$0).map { _ in generator.index(below: O) } }
            d = classes.map { $0.map { index in (0..<O).map { $0 == index ? 1 : 0 } } }
            targets =
                isPooled
                ? batch.targets(perSequence: classes.map { $0[0] }) : try batch.targets(everyStep: classes)
        } else {
            if model.loss == .binaryCrossEntropy { d = d.map { $0.map { $0.map { abs($0) } } } }
            let values = d.map { $0.map { $0.map { S($0) } } }
            targets =
                try isPooled
                ? batch.targets(perSequence: values.map { $0[0] }) : batch.targets(everyStep: values)
        }
        let placement: LossSteps<S> =
            switch model.steps {
            case "last": .last
            case "weighted": .weighted(stepWeights.converted(to: S.self))
            default: .every
            }
        objective = try Objective(
            model.loss, targets, on: batch, for: configuration, at: placement, reduction: model.reduction)

        let weights = counts.enumerated().map { b, count in
            (0..<count).map { t -> Double in
                return switch model.steps {
                case "last": t == count - 1 ? 1.0 : 0
                case "weighted": stepWeights[t, b]
                default: 1
                }
            }
        }
        let divisor: Double =
            switch model.reduction {
            case .sum: 1
            case .meanOverSequences: Double(B)
            case .meanOverSteps: Double(weights.joined().count { $0 != 0 })
            }
        let cells = NaiveNetwork.cells(of: network)
        sequences = (0..<B).map { b in
            var sequence = NaiveSequence(
                x: x[b], d: d[b].map { $0.map { Double(S($0)) } },
                weight: weights[b].map { $0 / divisor },
                s0: cells.map { layer in
                    layer.map { cell in
                        network.parameters[.initialState(layer: cell.layer, reverse: cell.isReverse)]?
                            .converted(to: Double.self).rowArrays[0] ?? Array(s0[b][cell.columns])
                    }
                })
            sequence.addMasks(model, sequence: b)
            return sequence
        }
        naive = NaiveNetwork(network)
        naiveLoss =
            switch model.loss {
            case .squaredError: .squared(factor: 1)
            case .halfSquaredError: .squared(factor: 0.5)
            case .meanSquaredError: .squared(factor: 1 / Double(O))
            case .crossEntropy: .crossEntropy
            case .binaryCrossEntropy: .binaryCrossEntropy
            }
    }

    /// E and its gradients by the engine.
    func lossAndGradient(
        in unfolding: Unfolding<S>, inputGradient: Bool? = nil
    ) throws -> Double {
        try unfolding.lossAndGradient(
            of: network, on: batch, objective, from: initialState,
            inputGradient: inputGradient ?? !batch.isTokens, dropoutSeed: dropoutSeed)
    }
}

/// max |a − b| / max |b|; a NaN is infinitely far.
func deviation<S: Scalar>(_ a: Matrix<S>, _ b: Matrix<Double>) -> Double {
    let distance = (a.converted(to: Double.self) - b).largestMagnitude
    if distance.isNaN { return .infinity }
    return distance == 0 ? 0 : distance / b.largestMagnitude
}
