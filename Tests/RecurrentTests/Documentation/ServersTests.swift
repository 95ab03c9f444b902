import Foundation
import RecurrentLinearAlgebra
import Recurrent
import Testing

actor Client {
    private let network: RecurrentNetwork<Float>
    private var state: NetworkState<Float>

    init(_ network: RecurrentNetwork<Float>) {
        self.network = network
        state = network.state(sequences: 1)
    }

    /// Takes the step x_t, and returns y_t.
    func step(_ x: [Float]) throws(StateError) -> [Float] {
        try network.step(x, &state)
        return state.outputs.elements
    }
}

/// The examples of Servers.md.
@Suite struct ServersTests {
    @Test func clientsHaveStatesOfTheirOwn() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var generator = RandomGenerator(seed: 7)
        try RecurrentNetwork<Float>(
            NetworkConfiguration(inputWidth: 2, stateWidth: 5, outputWidth: 1), using: &generator
        ).write(to: path)

        let network = try RecurrentNetwork<Float>(contentsOf: path)
        let (first, second) = (Client(network), Client(network))
        let (y, z) = (try await first.step([0.5, -1]), try await second.step([2, 0]))

        var states = network.state(sequences: 3)
        try network.step([[0.5, -1], [2, 0], [0, 1]], &states)  // x_t, B × I
        print(states.outputs.row(1))  // the second client's y_t
        #expect(abs(states.outputs[0, 0] - y[0]) < 1e-6 && abs(states.outputs[1, 0] - z[0]) < 1e-6)

        let kept = states.values  // B × H, the states of all layers side by side
        let reloaded = try RecurrentNetwork<Float>(contentsOf: path)
        var continued = try reloaded.state(from: kept)
        try reloaded.step([[1, 1], [0, 0], [-1, 2]], &continued)
        try network.step([[1, 1], [0, 0], [-1, 2]], &states)
        #expect(continued.values == states.values)
        #expect(throws: StateError.otherNetwork) {
            try network.step([[1, 1], [0, 0], [-1, 2]], &continued)
        }
    }

    @Test func wholeSequencesAndErrors() throws {
        var generator = RandomGenerator(seed: 8)
        let network = RecurrentNetwork<Float>(
            NetworkConfiguration(inputWidth: 2, stateWidth: 5, outputWidth: 1), using: &generator)

        let unfolding = Unfolding(for: network, workers: 1)
        let request = try SequenceBatch<Float>([[[0.5, -1], [2, 0]], [[0, 1]]])
        var result = ForwardPass(for: request, network)
        try unfolding.forward(network, on: request, into: &result)
        #expect(try result.outputs == network.forward(request).outputs)

        var continued = network.state(sequences: 1)
        try network.step([1, 1], &continued)
        let before = continued.values
        do throws(StateError) {
            try network.step([.nan, 0], &continued)
        } catch {
            print(error)  // the state is as it was before the step
        }
        #expect(continued.values == before)
        #expect(throws: StateError.notFinite(sequence: 0, feature: 0)) {
            try network.step([.nan, 0], &continued)
        }

        guard request.width == network.configuration.inputWidth else { return }
    }
}
