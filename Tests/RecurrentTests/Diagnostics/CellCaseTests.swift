import Foundation
import Recurrent
import Testing

/// LSTM, GRU and Elman networks of any depth against what PyTorch recorded.
@Suite struct CellCaseTests {
    @Test func thereAreCasesOfEveryCell() {
        for cell in ["lstm", "gru", "elman"] {
            #expect(CellCase.names.count { $0.hasPrefix(cell + "-") } >= 16, "\(cell)")
        }
        #expect(CellCase.names.count >= 53)
    }

    @Test(arguments: CellCase.names)
    func theEngineAgreesWithPyTorch(name: String) throws {
        let recorded = try RecordedCase(contentsOf: CellCase.folder.appendingPathComponent(name).path)
        for deviation in try Verification(recorded, in: Double.self).deviations {
            #expect(deviation.relative <= Verification.tolerance(of: Double.self), "\(deviation)")
        }
        for deviation in try Verification(recorded, in: Float.self).deviations {
            #expect(deviation.relative <= Verification.tolerance(of: Float.self), "\(deviation)")
        }
    }

    static let deep = [
        "lstm-three-layers-both-ways", "gru-three-layers-both-ways", "elman-three-layers-both-ways",
    ]

    @Test(arguments: deep)
    func everyRecordedQuantityIsCompared(name: String) throws {
        let good = try CellCase(name)
        #expect(try good.deviating == [])
        for gradient in good.gradientNames {
            var changed = good
            changed["gradients", gradient] = CellCase.nudged(good["gradients", gradient])
            #expect(try changed.deviating == [gradient])
        }
        for result in ["Y", "E"] {
            var changed = good
            changed[result] = CellCase.nudged(good[result])
            #expect(try changed.deviating == [result])
        }
    }

    static let exchanges = ["lstm": [(0, 1), (0, 3), (1, 2), (2, 3)], "gru": [(0, 1), (0, 2), (1, 2)]]

    @Test(arguments: ["lstm", "gru"])
    func gatesInAnotherOrderDeviate(cell: String) throws {
        let good = try CellCase("\(cell)-one-layer")
        for (first, second) in Self.exchanges[cell]! {
            var changed = good
            for name in ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"] {
                changed["weights", "rnn." + name] = CellCase.exchanging(
                    first, second, of: cell == "lstm" ? 4 : 3, good["weights", "rnn." + name])
            }
            let deviating = try changed.deviating
            #expect(deviating.contains("Y") && deviating.contains("E"), "\(first), \(second)")
        }
    }

    @Test func initialStatesOfOtherCellsDeviate() throws {
        let good = try CellCase("lstm-both-ways")
        for name in ["h0", "c0"] {
            let states = try #require(good[name] as? [Any])
            var changed = good
            changed[name] = Array(states.reversed())
            #expect(try changed.deviating.contains("Y"), "\(name)")
        }
        var exchanged = good
        (exchanged["h0"], exchanged["c0"]) = (good["c0"], good["h0"])
        #expect(try exchanged.deviating.contains("Y"))
    }

    @Test func aGRUsCandidateBiasesHaveGradientsOfTheirOwn() throws {
        let good = try CellCase("gru-one-layer")
        for (name, other) in [("rnn.bias_ih_l0", "rnn.bias_hh_l0"), ("rnn.bias_hh_l0", "rnn.bias_ih_l0")] {
            var changed = good
            changed["gradients", name] = good["gradients", other]
            #expect(try changed.deviating == [name])
        }
    }

    /// A GRU's b_n is apart from the sum.
    @Test func biasesThatAreOneSumMayBeSplitDifferently() throws {
        var split = try CellCase("lstm-one-layer")
        let (first, second) = ("rnn.bias_ih_l0", "rnn.bias_hh_l0")
        (split["weights", first], split["weights", second]) = (
            split["weights", second], split["weights", first]
        )
        #expect(try split.deviating == [])

        var apart = try CellCase("gru-one-layer")
        (apart["weights", first], apart["weights", second]) = (
            apart["weights", second], apart["weights", first]
        )
        #expect(try apart.deviating.contains("Y"))
    }

    @Test func aNetworkWithoutBiasesCanBeCompared() throws {
        var unbiased = try CellCase("lstm-one-layer")
        let zeros = Array(repeating: 0.0, count: 20)
        for name in ["rnn.bias_ih_l0", "rnn.bias_hh_l0"] { unbiased["weights", name] = zeros }
        let withZeros = try unbiased.deviating
        for name in ["rnn.bias_ih_l0", "rnn.bias_hh_l0"] {
            unbiased["weights", name] = nil
            unbiased["gradients", name] = nil
        }
        #expect(try unbiased.deviating == withZeros.filter { !$0.hasPrefix("rnn.bias") })
    }
}
