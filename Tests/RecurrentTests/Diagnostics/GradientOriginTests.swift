import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

@Suite struct GradientOriginTests {
    private func unfold(_ problem: Problem, scale: Double, seed: UInt64) throws -> (
        UnfoldedGradient<Double>, RecurrenceSpectrum
    ) {
        let drawn = try Drawn<Double>(problem, seed: seed)
        var network = drawn.network
        network.parameters[.stateWeights] = network.parameters[.stateWeights].map { W_s in
            Matrix(rows: W_s.rows, columns: W_s.columns) { scale * W_s[$0, $1] }
        }
        let gradient = try UnfoldedGradient(
            of: network, on: drawn.batch, drawn.objective, from: drawn.initialState)
        return (gradient, try #require(try RecurrenceSpectrum(of: network)))
    }

    @Test(arguments: Activation.allCases, [0.1, 1, 3])
    func jacobiansKeepToBothBounds(activation: Activation, scale: Double) throws {
        for seed in 1...5 as ClosedRange<UInt64> {
            let problem = Problem(activation: activation, T: 9, B: 1, steps: .last)
            let (gradient, spectrum) = try unfold(problem, scale: scale, seed: seed)
            let decay = try JacobianDecay(of: gradient, spectrum)
            #expect(decay.parts.map(\.stepsBack) == Array(0...9))
            #expect(decay.parts[0].norm == 1 && decay.parts[0].bound == 1)
            for part in decay.parts {
                // Rounding of nine products of 5 × 5 matrices.
                #expect(part.norm <= part.slopeBound * (1 + 1e-14), "\(part)")
                #expect(part.slopeBound <= part.bound * (1 + 1e-14), "\(part)")
            }
        }
    }

    @Test(arguments: Activation.allCases)
    func sharesAddUpToOne(activation: Activation) throws {
        for steps in [1, 2, 9] {
            let problem = Problem(activation: activation, T: steps, B: 1, steps: .last)
            let (gradient, _) = try unfold(problem, scale: 1, seed: 3)
            for name in [ParameterName.stateWeights, .inputWeights, .stateBias] {
                let origin = GradientOrigin(of: gradient, by: name)
                #expect(origin.parts.map(\.stepsBack) == Array(0..<steps))
                // Shares of both signs cancel where their sum is rounded.
                let size = origin.parts.reduce(0) { $0 + abs($1.share) }
                #expect(abs(origin.parts.reduce(0) { $0 + $1.share } - 1) < 1e-14 * size)
            }
            #expect(
                GradientOrigin(of: gradient, by: .inputWeights).norm == gradient.inputWeights.frobeniusNorm)
        }
    }

    /// A linear network of two states that stay at 1: s_0 = 1 and x_t = 1 − α; W_s = αI, powers of two.
    private func geometric(_ alpha: Double, readOut: Double = 1, target: [Double]) throws -> (
        UnfoldedGradient<Double>, RecurrenceSpectrum
    ) {
        let configuration = NetworkConfiguration(
            inputWidth: 2, stateWidth: 2, outputWidth: 2, cell: .elman(.identity), stateBias: false,
            outputBias: false)
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        parameters[.inputWeights] = .identity(2)
        parameters[.stateWeights] = [[alpha, 0], [0, alpha]]
        parameters[.outputWeights] = [[readOut, 0], [0, readOut]]
        let network = RecurrentNetwork(configuration, parameters: parameters)
        let batch = try SequenceBatch([Array(repeating: [1 - alpha, 1 - alpha], count: 4)])
        let objective = try Objective(
            .halfSquaredError, batch.targets(lastStep: [target]), on: batch, for: network, at: .last)
        let gradient = try UnfoldedGradient(of: network, on: batch, objective, from: [[1, 1]])
        return (gradient, try #require(try RecurrenceSpectrum(of: network)))
    }

    @Test func aScaledIdentityHasGeometricSharesExactly() throws {
        let (gradient, spectrum) = try geometric(0.5, target: [2, 0])
        #expect(spectrum.singularValues == [0.5, 0.5] && spectrum.spectralRadius == 0.5)
        #expect(spectrum.eigenvalues.allSatisfy { $0.real == 0.5 && $0.imaginary == 0 })
        #expect(spectrum.growthLimit == 0.5 && spectrum.prospect == .vanishes)
        let origin = GradientOrigin(of: gradient)
        for (share, exact) in zip(origin.parts.map(\.share), [8, 4, 2, 1]) {
            #expect(abs(share - Double(exact) / 15) < 1e-15)
        }
        #expect(zip(origin.parts, origin.parts.dropFirst()).allSatisfy { $0.norm == 2 * $1.norm })
        #expect(origin.stepsBack(holding: 0.5) == 0 && origin.stepsBack(holding: 0.9) == 2)
        let decay = try JacobianDecay(of: gradient, spectrum)
        for (part, exact) in zip(decay.parts, [1, 0.5, 0.25, 0.125, 0.0625]) {
            #expect(part.norm == exact && part.slopeBound == exact && part.bound == exact)
        }
    }

    @Test func aGradientOfZeroHasNoShares() throws {
        let (gradient, _) = try geometric(0.5, target: [1, 1])
        let origin = GradientOrigin(of: gradient)
        #expect(origin.norm == 0 && origin.parts.allSatisfy { $0.share == 0 && $0.norm == 0 })
        #expect(origin.stepsBack(holding: 0.9) == 0)
    }

    @Test(arguments: [1e-140, 1e-100, 1e150])
    func sharesDoNotDependOnTheGradientsSize(size: Double) throws {
        let (gradient, _) = try geometric(0.5, readOut: size, target: [2 * size, 0])
        let origin = GradientOrigin(of: gradient)
        for (share, exact) in zip(origin.parts.map(\.share), [8, 4, 2, 1]) {
            #expect(abs(share - Double(exact) / 15) < 1e-15)
        }
    }

    @Test func theProspectFollowsPascanusConditions() throws {
        func spectrum(_ W_s: Matrix<Double>, _ activation: Activation = .tanh) throws -> RecurrenceSpectrum {
            try RecurrenceSpectrum(W_s, activation: activation)
        }
        // A rotation preserves norms; what it is scaled with decides.
        func rotation(_ scale: Double) -> Matrix<Double> { [[0, scale], [-scale, 0]] }
        #expect(try spectrum(rotation(0.99)).prospect == .vanishes)
        #expect(try spectrum(rotation(1)).prospect == .undecided)
        #expect(try spectrum(rotation(1.01)).prospect == .mayExplode)
        #expect(try spectrum(rotation(1)).eigenvalues.map(\.real) == [0, 0])
        #expect(try spectrum(rotation(3.9), .sigmoid).prospect == .vanishes)
        #expect(try spectrum(rotation(4), .sigmoid).bound(stepsBack: 7) == 1)
        #expect(try spectrum(rotation(4.1), .sigmoid).prospect == .mayExplode)
        // Nilpotent: a large norm for one step, and nothing after two.
        let nilpotent = try spectrum([[0, 5], [0, 0]], .relu)
        #expect(nilpotent.spectralNorm == 5 && nilpotent.spectralRadius == 0)
        #expect(nilpotent.prospect == .undecided)
        #expect(try spectrum([[0]]).bound(stepsBack: 0) == 1)
        #expect(throws: FactorisationError.notFinite) { try spectrum([[.nan]]) }
    }

    @Test func rotationsByAnyAngleCountAsNeutral() throws {
        var generator = RandomGenerator(seed: 6)
        for width in [2, 5, 16] {
            let configuration = NetworkConfiguration(inputWidth: 1, stateWidth: width, outputWidth: 1)
            let network = RecurrentNetwork<Double>(configuration, initialiser: .orthogonal, using: &generator)
            #expect(try RecurrenceSpectrum(of: network)?.prospect == .undecided)
        }
    }

    @Test func everyCellOfADeepNetworkHasItsSpectrum() throws {
        var generator = RandomGenerator(seed: 7)
        let configuration = NetworkConfiguration(
            inputWidth: 2,
            layers: [
                RecurrentLayer(stateWidth: 3, directions: .bidirectional),
                RecurrentLayer(.elman(.sigmoid), stateWidth: 4),
                RecurrentLayer(stateWidth: 5, recurrent: false),
            ], outputWidth: 1)
        let network = RecurrentNetwork<Float>(configuration, using: &generator)
        let reverse = try #require(
            try RecurrenceSpectrum(of: network, at: .stateWeights(layer: 0, reverse: true)))
        let W_s = try #require(network.parameters[.stateWeights(layer: 0, reverse: true)])
        #expect(abs(reverse.spectralNorm - Double(try W_s.spectralNorm())) < 1e-6)
        #expect(reverse.singularValues.count == 3 && reverse.eigenvalues.count == 3)
        let second = try #require(try RecurrenceSpectrum(of: network, at: .stateWeights(layer: 1)))
        #expect(second.activation == .sigmoid && second.singularValues.count == 4)
        #expect(try RecurrenceSpectrum(of: network, at: .stateWeights(layer: 2)) == nil)
        #expect(try RecurrenceSpectrum(of: network, at: .stateWeights(layer: 9)) == nil)
        #expect(try RecurrenceSpectrum(of: network, at: .inputWeights) == nil)
    }
}
