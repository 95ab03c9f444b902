import Foundation
import RecurrentLinearAlgebra
import Recurrent
import Testing

/// The examples of GatedCells.md, and the numbers on the page.
@Suite struct GatedCellsTests {
    @Test func gatesAreFoundByName() throws {
        var generator = RandomGenerator(seed: 1)
        let configuration = NetworkConfiguration(
            inputWidth: 8, stateWidth: 32, outputWidth: 2, layers: 2, cell: .lstm)
        var network = RecurrentNetwork<Double>(configuration, initialiser: .orthogonal, using: &generator)
        let W_f = network.parameters[.stateWeights(layer: 0, gate: .forget)]!  // 32 × 32
        let b_f = network.parameters[.stateBias(layer: 0, gate: .forget)]!  // 1 × 32, ones
        #expect(b_f == Matrix(rows: 1, columns: 32) { _, _ in 1 })
        let all = network.parameters[.stateWeights]!
        #expect(W_f == Matrix(rows: 32, columns: 32) { all[$0, 32 + $1] })
        network.parameters[.stateBias(layer: 0, gate: .forget)] = Matrix(rows: 1, columns: 32)
        let b_s = network.parameters[.stateBias]!
        #expect(b_s == Matrix(rows: 1, columns: 128))
    }

    @Test func layersOfDifferentCellsStandOnEachOther() throws {
        let mixed = NetworkConfiguration(
            inputWidth: 8,
            layers: [
                RecurrentLayer(.gru(), stateWidth: 32, directions: .bidirectional),
                RecurrentLayer(.lstm, stateWidth: 16), RecurrentLayer(.elman(.relu), stateWidth: 16),
            ], outputWidth: 2)
        #expect(mixed.stateWidth == 32 + 32 + 2 * 16 + 16)
        #expect(mixed.columns(of: .c, layer: 1) == 80..<96 && mixed.columns(of: .c, layer: 2) == nil)
    }

    @Test func theForgetGateKeepsTheGradientAsDocumented() throws {
        func gradientLeft(_ steps: Int, forgetBias: Double) throws -> Double {
            let configuration = NetworkConfiguration(
                inputWidth: 1, stateWidth: 1, outputWidth: 1, cell: .lstm)
            var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
            parameters[.stateBias(layer: 0, gate: .forget)] = [[forgetBias]]
            parameters[.outputWeights] = [[1]]
            let network = RecurrentNetwork(configuration, parameters: parameters)

            let zeros = [[Double]](repeating: [0], count: steps)
            let batch = try SequenceBatch<Double>([zeros])
            let target = try batch.targets(lastStep: [[1]])
            let objective = try Objective(.halfSquaredError, target, on: batch, for: network, at: .last)
            let unfolding = Unfolding(for: network)
            _ = try unfolding.lossAndGradient(of: network, on: batch, objective)
            return unfolding.initialStateGradient![0, 1] / -0.5  // the column of c, after that of s
        }
        let page = try Page("GatedCells.md").text
        for forgetBias in [0, 1, 3, 5.0] {
            let f = 1 / (1 + exp(-forgetBias))
            var row = "| \(Int(forgetBias)) | \(String(format: "%.4f", f)) |"
            for steps in [1, 10, 100] {
                let left = try gradientLeft(steps, forgetBias: forgetBias)
                #expect(abs(left / pow(f, Double(steps)) - 1) < 1e-12)
                row += String(format: " %.1e |", left)
            }
            #expect(page.contains(row), "\(row)")
        }
    }
}
