import RecurrentLinearAlgebra
import Recurrent

/// Mistakes in code, as somebody new makes them, that stop the program.
enum Misuse: String, CaseIterable, Codable, Sendable {
    case noUnits, hugeWidth, noLayers, allDropped, dropoutNotANumber, forgetBiasNotFinite
    case tooManyConnections, radiusNotANumber
    case rateNotANumber, rateInfinite, rateZero, rateNegative, decayNegative, decayNotANumber
    case betaOne, betaNotANumber, epsilonZero, thresholdNegative, thresholdNotANumber
    case noWorkers, noHistory, noSequences, noHistoryOfSteps, negativeIterations
    case missingPart, otherLayout, shapeOfPart
    case unequalRows, rowOutside, negativeSize, noMemory, product
    case outputBeforeTheFirst, outputOfNobody
    case stepBeforeTheFirst, samplingBeforeTheFirst, impossibleSampling, infinitePlateau, emptySchedule
    case windowOfNothing, seriesOfNothing, noWindowBefore, standardisedNothing, standardisedNaN
    case indexOfNothing, negativePermutation, certainFeedback, noCheckpoints
    case groupOfNothing, groupNotANumber, noMoreEpochs, batchesOfNothing, oneFold

    /// Words of the message that is printed.
    var message: String {
        switch self {
        case .noUnits: "H = 0"
        case .hugeWidth: "H must be at least 1 and at most"
        case .noLayers: "at least one recurrent layer, not 0"
        case .allDropped: "a dropout of 1.0 is not in 0..<1"
        case .dropoutNotANumber: "a dropout of nan"
        case .forgetBiasNotFinite: "a forget bias of inf is not finite"
        case .tooManyConnections: "9 connections a unit are not in 1...3"
        case .radiusNotANumber: "a scale of nan"
        case .rateNotANumber: "a learning rate of nan"
        case .rateInfinite: "a learning rate of inf"
        case .rateZero: "a learning rate of 0.0"
        case .rateNegative: "a learning rate of -1.0"
        case .decayNegative: "a weight decay of -0.1"
        case .decayNotANumber: "a weight decay of nan"
        case .betaOne: "a beta1 of 1.0"
        case .betaNotANumber: "a beta2 of nan"
        case .epsilonZero: "an epsilon of 0.0"
        case .thresholdNegative: "a clipping threshold of -1.0"
        case .thresholdNotANumber: "a clipping threshold of nan"
        case .noWorkers: "at least one worker, not 0"
        case .noHistory: "a history of 0 steps"
        case .noSequences: "at least one sequence, not 0"
        case .noHistoryOfSteps: "a history of 0 steps is too short"
        case .negativeIterations: "there cannot be -1 iterations"
        case .missingPart: "W_e cannot be set"
        case .otherLayout: "belong to another configuration"
        case .shapeOfPart: "3 × 3 does not match 2 × 3"
        case .unequalRows: "row 1 has 1 elements where row 0 has 2"
        case .rowOutside: "row 2 is outside 0..<2"
        case .negativeSize: "a matrix cannot be -1 × 2"
        case .noMemory: "there is no memory for"
        case .product: "(2 × 3) · (2 × 3) does not give"
        case .outputBeforeTheFirst: "no output of step 0 of sequence 0"
        case .outputOfNobody: "no output of step 1 of sequence 1"
        case .stepBeforeTheFirst, .samplingBeforeTheFirst: "step -1 is negative"
        case .impossibleSampling: "does not give probabilities"
        case .infinitePlateau: "negative or not finite"
        case .emptySchedule: "at least one step, not 0"
        case .windowOfNothing: "k1 must be at least 1"
        case .seriesOfNothing: "a window of 0 values is empty"
        case .noWindowBefore: "position 1 has no window of 2 values before it"
        case .standardisedNothing: "needs at least one value"
        case .standardisedNaN: "needs finite values"
        case .indexOfNothing: "no index below 0"
        case .negativePermutation: "there are no -1 indices"
        case .certainFeedback: "a probability of nan is not in 0...1"
        case .noCheckpoints: "at least one checkpoint must be kept, not 0"
        case .groupOfNothing: "a group has none of the network's parameters: of layer 8"
        case .groupNotANumber: "a group's factor of the learning rate of nan"
        case .noMoreEpochs: "at least one epoch more, not 0"
        case .batchesOfNothing: "a batch has at least one sequence, not 0"
        case .oneFold: "at least two folds, not 1"
        }
    }

    func commit() throws {
        var generator = RandomGenerator(seed: 1)
        switch self {
        case .noUnits: _ = NetworkConfiguration(inputWidth: 1, stateWidth: 0, outputWidth: 1)
        case .hugeWidth: _ = RecurrentLayer(stateWidth: .max)
        case .noLayers: _ = NetworkConfiguration(inputWidth: 1, stateWidth: 1, outputWidth: 1, layers: 0)
        case .allDropped: _ = NetworkConfiguration(inputWidth: 1, stateWidth: 1, outputWidth: 1, dropout: 1)
        case .dropoutNotANumber:
            _ = NetworkConfiguration(inputWidth: 1, stateWidth: 1, outputWidth: 1, stateDropout: .nan)
        case .forgetBiasNotFinite:
            _ = RecurrentNetwork<Double>(Self.configuration, forgetBias: .infinity, using: &generator)
        case .tooManyConnections: Self.draw(.sparse(connections: 9))
        case .radiusNotANumber: Self.draw(.spectralRadius(.nan))
        case .rateNotANumber: _ = Optimiser<Double>(.sgd(), learningRate: .nan)
        case .rateInfinite: _ = Optimiser<Float>(.adam(), learningRate: .infinity)
        case .rateZero:
            var optimiser = Optimiser<Double>(.adam(), learningRate: 1)
            optimiser.learningRate = 0
        case .rateNegative: _ = Optimiser<Double>(.sgd(), learningRate: -1)
        case .decayNegative: _ = Optimiser<Double>(.sgd(), learningRate: 1, weightDecay: -0.1)
        case .decayNotANumber: _ = Optimiser<Double>(.adamW(), learningRate: 1, weightDecay: .nan)
        case .betaOne: _ = Optimiser<Double>(.adam(beta1: 1), learningRate: 1)
        case .betaNotANumber: _ = Optimiser<Double>(.adam(beta2: .nan), learningRate: 1)
        case .epsilonZero: _ = Optimiser<Double>(.rmsProp(epsilon: 0), learningRate: 1)
        case .thresholdNegative: _ = Optimiser<Double>(.sgd(), learningRate: 1, clipping: .norm(-1))
        case .thresholdNotANumber: _ = Optimiser<Double>(.sgd(), learningRate: 1, clipping: .value(.nan))
        case .noWorkers: _ = Unfolding(for: Self.network, workers: 0)
        case .noHistory: _ = Unfolding(for: Self.network, history: 0)
        case .noSequences: _ = Self.network.state(sequences: 0)
        case .noHistoryOfSteps: _ = LBFGS<Double>(historySize: 0)
        case .negativeIterations: try Self.minimise(iterations: -1)
        case .missingPart, .shapeOfPart:
            var network = Self.network
            network.parameters[self == .shapeOfPart ? .stateWeights : .embedding] = Matrix(
                rows: 2, columns: 3)
        case .otherLayout:
            let other = NetworkConfiguration(inputWidth: 1, stateWidth: 3, outputWidth: 1)
            _ = RecurrentNetwork(other, parameters: Self.network.parameters)
        case .unequalRows: _ = Matrix<Double>([[1, 2], [3]])
        case .rowOutside: _ = Matrix<Float>(rows: 2, columns: 3)[2, 0]
        case .negativeSize: _ = Matrix<Double>(rows: -1, columns: 2)
        case .noMemory: _ = Matrix<Double>(rows: 1 << 30, columns: 1 << 29)
        case .product: _ = Matrix<Double>(rows: 2, columns: 3) * Matrix<Double>(rows: 2, columns: 3)
        case .outputBeforeTheFirst:
            _ = try Self.network.forward(Self.batch).output(step: 0, sequence: 0)
        case .outputOfNobody: _ = try Self.network.forward(Self.batch).output(step: 1, sequence: 1)
        case .stepBeforeTheFirst: _ = Schedule.constant(1).learningRate(at: -1)
        case .samplingBeforeTheFirst: _ = ScheduledSampling.freeRunning.teacherProbability(at: -1)
        case .impossibleSampling: _ = ScheduledSampling.inverseSigmoid(k: 0).teacherProbability(at: 1)
        case .infinitePlateau: _ = ReduceOnPlateau(learningRate: 1, minimum: .infinity)
        case .emptySchedule: _ = Schedule.cosine(1, steps: 0).learningRate(at: 0)
        case .windowOfNothing: _ = TruncatedWindow(advance: 0)
        case .seriesOfNothing: _ = SeriesWindows([1.0], length: 0)
        case .noWindowBefore: _ = try SeriesWindows([1.0, 2, 3], length: 2).batch(before: [1])
        case .standardisedNothing: _ = Standardisation(fittedTo: [])
        case .standardisedNaN: _ = Standardisation(fittedTo: [1, .nan])
        case .indexOfNothing: _ = generator.index(below: 0)
        case .negativePermutation: _ = generator.permutation(-1)
        case .certainFeedback:
            let square = NetworkConfiguration(inputWidth: 2, stateWidth: 3, outputWidth: 2)
            _ = try RecurrentNetwork<Double>(square, using: &generator)
                .feedingBack(Self.batch, teacherProbability: .nan, using: &generator)
        case .noCheckpoints: _ = try CheckpointFolder("/tmp", keep: 0)
        case .groupOfNothing:
            var parameters = Self.network.parameters
            var optimiser = Optimiser<Double>(.sgd(), learningRate: 1, groups: [.frozen(.layer(7))])
            optimiser.update(&parameters, along: parameters)
        case .groupNotANumber:
            _ = Optimiser<Double>(
                .sgd(), learningRate: 1, groups: [ParameterGroup(.biases, rateFactor: .nan)])
        case .noMoreEpochs:
            try Trainer(
                Self.network, on: .sequences(Self.data),
                TrainingSettings(loss: .squaredError, learningRate: 1, epochs: 1)
            ).addEpochs(0)
        case .batchesOfNothing: _ = try Self.network.predict(Self.data, batchSize: 0)
        case .oneFold: _ = try Self.data.folds(1)
        }
    }

    private static let configuration = NetworkConfiguration(inputWidth: 2, stateWidth: 3, outputWidth: 1)
    private static let network = draw(.uniform)
    private static let data = try! SequenceDataSet(
        [[[1.0, 2]], [[3, 4]]], targets: .everyStep([[[1]], [[0]]]))
    private static let batch = try! SequenceBatch([[[1.0, 2], [3, 4]]])

    @discardableResult
    private static func draw(_ initialiser: Initialiser) -> RecurrentNetwork<Double> {
        var generator = RandomGenerator(seed: 1)
        return RecurrentNetwork(configuration, initialiser: initialiser, using: &generator)
    }

    private static func minimise(iterations: Int) throws {
        var (network, optimiser) = (network, LBFGS<Double>())
        let objective = try Objective(
            .squaredError, batch.targets(lastStep: [[1.0]]), on: batch, for: network)
        _ = try optimiser.step(
            &network, in: Unfolding(for: network), on: batch, objective, iterations: iterations)
    }
}
