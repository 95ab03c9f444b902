import RecurrentLinearAlgebra
import Recurrent
import Testing

@Suite struct InitialiserTests {
    private func network<S: Scalar>(
        _ initialiser: Initialiser, seed: UInt64 = 3, as type: S.Type = Double.self
    ) -> RecurrentNetwork<S> {
        var generator = RandomGenerator(seed: seed)
        let configuration = NetworkConfiguration(inputWidth: 20, stateWidth: 64, outputWidth: 30)
        return RecurrentNetwork(configuration, initialiser: initialiser, using: &generator)
    }

    /// The variance, where the mean is 0.
    private func meanSquare(_ numbers: some Collection<Double>) -> Double {
        numbers.reduce(0) { $0 + $1 * $1 } / Double(numbers.count)
    }

    /// Uniform on ±bound: inside it, nearly reaching it, with its variance bound²/3.
    private func expectUniform(_ matrix: Matrix<Double>, bound: Double) {
        let variance = meanSquare(matrix.elements)
        #expect(matrix.largestMagnitude <= bound && matrix.largestMagnitude > 0.9 * bound)
        #expect(abs(variance / (bound * bound / 3) - 1) < 0.35)
    }

    @Test func uniformIsWithinOneOverTheRootOfH() {
        let parameters = network(.uniform).parameters
        for part in parameters.layout.parts { expectUniform(parameters[part.name]!, bound: 1.0 / 8) }
    }

    @Test(arguments: [Initialiser.glorot, .orthogonal, .identity])
    func theOthersHaveGlorotWeightsAndNoBias(initialiser: Initialiser) {
        let parameters = network(initialiser).parameters
        expectUniform(parameters[.inputWeights]!, bound: (6.0 / 84).squareRoot())
        expectUniform(parameters[.outputWeights]!, bound: (6.0 / 94).squareRoot())
        #expect(parameters[.stateBias]!.largestMagnitude == 0)
        #expect(parameters[.outputBias]!.largestMagnitude == 0)
    }

    @Test func stateWeightsAreWhatTheNameSays() {
        expectUniform(network(.glorot).parameters[.stateWeights]!, bound: (6.0 / 128).squareRoot())
        #expect(network(.identity).parameters[.stateWeights] == .identity(64))
        let Q = network(.orthogonal).parameters[.stateWeights]!
        #expect((Q * Q.transposed - .identity(64)).largestMagnitude < 1e-14)
    }

    @Test func heDrawsForReLU() {
        let parameters = network(.he).parameters
        for (name, rows) in [(ParameterName.inputWeights, 20.0), (.stateWeights, 64)] {
            let variance = meanSquare(parameters[name]!.elements)
            #expect(abs(variance / (2 / rows) - 1) < 0.15, "\(name)")
            // Normal draws reach beyond what a uniform distribution of this variance could.
            #expect(parameters[name]!.largestMagnitude > (3 * 2 / rows).squareRoot())
        }
        #expect(parameters[.stateBias]!.largestMagnitude == 0)
    }

    @Test func scaledIdentityIsThatAndNothingElse() {
        let parameters = network(.scaledIdentity(0.5)).parameters
        #expect(parameters[.stateWeights] == Matrix(rows: 64, columns: 64) { $0 == $1 ? 0.5 : 0 })
        let deviation = parameters[.inputWeights]!.frobeniusNorm / (20 * 64.0).squareRoot()
        #expect(abs(deviation / 0.001 - 1) < 0.1)
    }

    @Test func sparseReachesEveryUnitThroughSoManyConnections() {
        let W_s = network(.sparse(connections: 15)).parameters[.stateWeights]!
        var chosen: Set<[Int]> = []
        for column in 0..<64 {
            let rows = (0..<64).filter { W_s[$0, column] != 0 }
            #expect(rows.count == 15)
            chosen.insert(rows)
        }
        #expect(chosen.count == 64)
        let variance = W_s.elements.reduce(0) { $0 + $1 * $1 } / (64 * 15)
        #expect(abs(variance * 15 - 1) < 0.15)
    }

    @Test(arguments: [0.9, 1.25])
    func theSpectralRadiusIsTheOneAskedFor(radius: Double) throws {
        let W_s = network(.spectralRadius(radius)).parameters[.stateWeights]!
        let found = try W_s.eigenvalues().map(\.magnitude).max()!
        #expect(abs(found - radius) < 1e-12 && W_s.elements.allSatisfy { $0 != 0 })
    }

    @Test func everyLayerAndDirectionIsDrawnByItself() {
        var generator = RandomGenerator(seed: 3)
        let configuration = NetworkConfiguration(
            inputWidth: 20, stateWidth: 16, outputWidth: 3, layers: 2, directions: .bidirectional,
            embeddingWidth: 200, learnsInitialState: true)
        let parameters = RecurrentNetwork<Double>(configuration, using: &generator).parameters
        let W_s = [(0, false), (0, true), (1, false), (1, true)].map {
            parameters[.stateWeights(layer: $0.0, reverse: $0.1)]!
        }
        for matrix in W_s { expectUniform(matrix, bound: 1.0 / 4) }
        #expect(W_s.indices.allSatisfy { first in W_s[(first + 1)...].allSatisfy { $0 != W_s[first] } })
        expectUniform(parameters[.inputWeights(layer: 1)]!, bound: 1.0 / 4)
        expectUniform(parameters[.outputWeights]!, bound: 1 / 32.0.squareRoot())
        #expect(abs(meanSquare(parameters[.embedding]!.elements) - 1) < 0.1)
        #expect(parameters[.initialState(layer: 1, reverse: true)]!.largestMagnitude == 0)
    }

    @Test func theSeedDecidesEverythingAndPrecisionOnlyRounds() {
        #expect(network(.orthogonal) == network(.orthogonal))
        #expect(network(.uniform) != network(.uniform, seed: 4))
        let single = network(.uniform, as: Float.self).parameters.elements
        #expect(single == network(.uniform).parameters.elements.map { Float($0) })
    }

    @Test func theGeneratorIsTheOneOfItsAuthors() {
        // SplitMix64 from 0 gives the state; xoshiro256** gives the draws. Computed from the
        // authors' description with arbitrary-precision integers.
        var generator = RandomGenerator(seed: 0)
        #expect(generator.state[0] == 0xE220_A839_7B1D_CDAF && generator.state[3] == 0xF88B_B8A8_724C_81EC)
        #expect(
            (0..<3).map { _ in generator.next() } == [
                0x99EC_5F36_CB75_F2B4, 0xBF6E_1F78_4956_452A, 0x1A5F_849D_4933_E6E0,
            ])
    }

    @Test func aSavedGeneratorGoesOnWhereItWas() throws {
        var generator = RandomGenerator(seed: 9)
        for _ in 0..<10 { _ = generator.normal() }
        var restored = try #require(RandomGenerator(state: generator.state))
        #expect((0..<5).map { _ in restored.next() } == (0..<5).map { _ in generator.next() })
        #expect(RandomGenerator(state: [0, 0, 0, 0]) == nil && RandomGenerator(state: [1]) == nil)
    }

    @Test func drawsHaveTheirDistributions() {
        var generator = RandomGenerator(seed: 5)
        let normal = (0..<20_000).map { _ in generator.normal() }
        #expect(abs(normal.reduce(0, +) / 20_000) < 0.03)
        #expect(abs(meanSquare(normal) - 1) < 0.05)
        let indices = (0..<9000).map { _ in generator.index(below: 3) }
        #expect((0..<3).allSatisfy { value in abs(indices.count { $0 == value } - 3000) < 200 })
        #expect(generator.permutation(100).sorted() == Array(0..<100))
    }
}
