import Recurrent
import SampleProblems
import Testing

/// A given s_0 is refused if it is not finite, as inputs are.
@Suite struct InitialStateTests {
    private let drawn: Drawn<Double>
    private let unfolding: Unfolding<Double>

    init() throws {
        drawn = try Drawn(Problem(T: 4, B: 3, H: 5))
        unfolding = Unfolding(for: drawn.network)
    }

    private func s_0(_ value: Double) -> Matrix<Double> {
        Matrix(rows: 3, columns: 5) { $0 == 1 && $1 == 2 ? value : 0.5 }
    }

    private func expect(_ s_0: Matrix<Double>, _ pass: () throws -> Void) {
        let error = #expect(throws: PassError.self, performing: pass)
        guard case .initialState(let place) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(place.sequence == 1 && place.column == 2)
        #expect(place.description.hasPrefix("s_0 of sequence 1 is NaN or infinite at column 2; give"))
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func everyPassRefusesIt(value: Double) throws {
        let (network, batch, objective, s_0) = (drawn.network, drawn.batch, drawn.objective, s_0(value))
        var pass = ForwardPass(for: batch, network)
        expect(s_0) { _ = try network.forward(batch, from: s_0) }
        expect(s_0) { try unfolding.forward(network, on: batch, from: s_0, into: &pass) }
        expect(s_0) { _ = try unfolding.loss(of: network, on: batch, objective, from: s_0) }
        expect(s_0) { _ = try unfolding.lossAndGradient(of: network, on: batch, objective, from: s_0) }
        expect(s_0) { _ = try unfolding.diagnose(network, on: batch, objective, from: s_0) }
        expect(s_0) { _ = try GradientCheck(of: network, on: batch, objective, from: s_0) }
        #expect(throws: Never.self) { try network.forward(batch, from: self.s_0(1e300)) }
    }

    @Test func aTrainingStepRefusesItAndChangesNothing() throws {
        var network = drawn.network
        var optimiser = Optimiser<Double>(.adam(), learningRate: 0.1)
        let error = #expect(throws: TrainingError.self) {
            _ = try optimiser.step(
                &network, in: unfolding, on: drawn.batch, drawn.objective, from: s_0(.nan))
        }
        guard case .pass(.initialState) = error else { throw error! }
        #expect(network == drawn.network && optimiser.stepCount == 0)
    }

    @Test func aStreamDoesNotBeginWithIt() throws {
        let error = #expect(throws: StateError.self) { _ = try drawn.network.state(from: s_0(.nan)) }
        #expect(error?.description.hasPrefix("s_0 of sequence 1 is NaN") == true)
    }
}
