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
    var T = 4
    var B = 3
    var ragged = false
    var steps = "every"
    var reduction = Reduction.sum
    var I = 3
    var H = 5
    var O = 2

    var description: String {
        "\(activation) \(output) \(loss) b_s:\(stateBias) b_y:\(outputBias) W_s:\(recurrent) T=\(T) B=\(B) ragged:\(ragged) \(steps) \(reduction)"
    }

    var configuration: ElmanConfiguration {
        ElmanConfiguration(
            inputWidth: I, stateWidth: H, outputWidth: O, activation: activation, output: output,
            stateBias: stateBias, outputBias: outputBias, recurrent: recurrent)
    }

    /// A short list that has every feature at least once; all of it is smooth where it is drawn.
    static let list = [
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
    let initialState: Matrix<S>
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
        let lengths = (0..<B).map { model.ragged ? T - $0 * 5 % T : T }
        let x = lengths.map { rows($0, model.I) }
        let stepWeights = Matrix<Double>(rows: T, columns: B) { t, b in
            (t + b) % 3 == 0 ? 0 : 0.5 * Double(t + 1)
        }
        let s0 = rows(B, model.H)

        network = ElmanNetwork(
            model.configuration, initialiser: .uniform, using: &generator)
        batch = try SequenceBatch(x.map { $0.map { $0.map { S($0) } } })
        initialState = Matrix(s0).converted(to: S.self)

        var d = lengths.map { rows($0, O) }
        let targets: Targets<S>
        if model.loss == .crossEntropy {
            let classes = lengths.map { (0..<$0).map { _ in generator.index(below: O) } }
            d = classes.map { $0.map { index in (0..<O).map { $0 == index ? 1 : 0 } } }
            targets = try batch.targets(everyStep: classes)
        } else {
            if model.loss == .binaryCrossEntropy { d = d.map { $0.map { $0.map { abs($0) } } } }
            targets = try batch.targets(everyStep: d.map { $0.map { $0.map { S($0) } } })
        }
        let placement: LossSteps<S> =
            switch model.steps {
            case "last": .last
            case "weighted": .weighted(stepWeights.converted(to: S.self))
            default: .every
            }
        objective = try Objective(
            model.loss, targets, on: batch, for: model.configuration, at: placement,
            reduction: model.reduction)

        let weights = lengths.enumerated().map { b, length in
            (0..<length).map { t -> Double in
                return switch model.steps {
                case "last": t == length - 1 ? 1.0 : 0
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
        sequences = (0..<B).map { b in
            NaiveSequence(
                x: x[b], d: d[b].map { $0.map { Double(S($0)) } },
                weight: weights[b].map { $0 / divisor }, s0: s0[b])
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
}

extension NaiveNetwork {
    /// The same network; parts that do not exist become zeros.
    init<S: Scalar>(_ network: ElmanNetwork<S>) {
        let c = network.configuration
        func rows(_ name: ParameterName, _ rows: Int, _ columns: Int) -> [[Double]] {
            network.parameters[name]?.converted(to: Double.self).rowArrays
                ?? Array(repeating: Array(repeating: 0, count: columns), count: rows)
        }
        let activation: NaiveActivation =
            switch c.activation {
            case .tanh: .tanh
            case .sigmoid: .sigmoid
            case .relu: .relu
            case .identity: .identity
            }
        let output: NaiveOutput =
            switch c.output {
            case .linear: .linear
            case .softmax: .softmax
            case .sigmoid: .sigmoid
            }
        self.init(
            Wx: rows(.inputWeights, c.inputWidth, c.stateWidth),
            Ws: rows(.stateWeights, c.stateWidth, c.stateWidth),
            Wy: rows(.outputWeights, c.stateWidth, c.outputWidth),
            bs: rows(.stateBias, 1, c.stateWidth)[0], by: rows(.outputBias, 1, c.outputWidth)[0],
            activation: activation, output: output,
            elementary: Elementary(
                exp: { Foundation.exp($0) }, log: { Foundation.log($0) }, tanh: { Foundation.tanh($0) }))
    }
}

/// max |a − b| / max |b|; a NaN is infinitely far.
func deviation<S: Scalar>(_ a: Matrix<S>, _ b: Matrix<Double>) -> Double {
    let distance = (a.converted(to: Double.self) - b).largestMagnitude
    if distance.isNaN { return .infinity }
    return distance == 0 ? 0 : distance / b.largestMagnitude
}
