import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import TestSupport
import Testing

/// Losses and their gradients as PyTorch computed them; see Tests/Fixtures/make_losses.py.
@Suite struct RecordedLossTests {
    struct Case: Decodable {
        let name: Loss
        let output: OutputFunction
        let a: [[Double]]
        let d: Targets
        let classWeights: [Double]?
        let reduction: Reduction?
        let E: Double
        let gradient: [[Double]]

        enum Targets: Decodable {
            case classes([Int])
            case values([[Double]])

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let classes = try? container.decode([Int].self) {
                    self = .classes(classes)
                } else {
                    self = .values(try container.decode([[Double]].self))
                }
            }
        }
    }

    @Test func lossesAndGradientsAreThoseOfPyTorch() throws {
        let data = try Data(contentsOf: Fixtures.folder.appendingPathComponent("losses.json"))
        let cases = try JSONDecoder().decode([Case].self, from: data)
        #expect(cases.count == 11)
        for recorded in cases {
            let network = readThrough(width: recorded.a[0].count, recorded.output)
            let batch = try SequenceBatch([recorded.a])
            let targets: Targets<Double> =
                switch recorded.d {
                case .classes(let classes): try batch.targets(everyStep: [classes])
                case .values(let values): try batch.targets(everyStep: [values])
                }
            let objective = try Objective(
                recorded.name, targets, on: batch, for: network, classWeights: recorded.classWeights,
                reduction: recorded.reduction ?? .sum)
            let unfolding = Unfolding(for: network)
            let E = try unfolding.lossAndGradient(of: network, on: batch, objective, inputGradient: true)
            #expect(abs(E - recorded.E) <= Tolerance.naive * abs(recorded.E), "\(recorded.name)")
            #expect(
                deviation(unfolding.inputGradient!, Matrix(recorded.gradient)) <= Tolerance.naive,
                "\(recorded.name)")
        }
    }

    @Test(
        arguments: Loss.withoutNumbers + [
            .huber(0.25), .quantile([0.5]), .quantile([0.05, 0.5, 0.95]), .smoothedCrossEntropy(0.1),
            .own("focal (γ = 2)"),
        ])
    func aLossIsReadBackFromItsText(loss: Loss) throws {
        #expect(Loss(rawValue: loss.rawValue) == loss)
        let text = try JSONEncoder().encode([loss])
        #expect(String(decoding: text, as: UTF8.self) == "[\"\(loss.rawValue)\"]")
        #expect(try JSONDecoder().decode([Loss].self, from: text) == [loss])
    }

    @Test(arguments: [
        "", "huber", "huber()", "huber(1", "huber(1, 2)", "huber(x)", "hinge", "poisson(1)", "quantile(1,)",
    ])
    func aTextThatIsNoLossIsRefused(text: String) { #expect(Loss(rawValue: text) == nil) }

    @Test func lossesWithImpossibleNumbersOrWidthsAreNamed() throws {
        let data = try SequenceDataSet<Double>([[[1, 2]]], targets: .everyStep([[[1, 2]]]))
        func problem(_ loss: Loss, outputs: Int = 2) throws -> String {
            var generator = RandomGenerator(seed: 1)
            let network = RecurrentNetwork<Double>(
                NetworkConfiguration(
                    inputWidth: 2, stateWidth: 1, outputWidth: outputs,
                    output: loss.accepts(.linear) ? .linear : .softmax), using: &generator)
            return try #require(throws: TrainerError.self) {
                _ = try Trainer(
                    network, on: .sequences(data), TrainingSettings(loss: loss, learningRate: 0.1, epochs: 1))
            }.description
        }
        #expect(try problem(.huber(0)).contains("threshold of 0.0"))
        #expect(try problem(.huber(.nan)).contains("threshold of nan"))
        #expect(try problem(.quantile([])).contains("levels [] are not"))
        #expect(try problem(.quantile([0.5, 1])).contains("between 0 and 1"))
        #expect(
            try problem(.quantile([0.1, 0.5, 0.9]), outputs: 4).contains("needs 3 outputs for each value"))
        #expect(try problem(.gaussian, outputs: 3).contains("needs 2 outputs"))
        #expect(try problem(.gaussian).contains("2 values where loss and network take 1"))
        #expect(try problem(.smoothedCrossEntropy(1)).contains("smoothing of 1.0"))
        #expect(try problem(.softCrossEntropy).contains("no distribution"))
    }
}
