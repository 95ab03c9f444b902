import Recurrent

/// Elman, "Finding structure in time", Cognitive Science 14, 1990, first experiment.
///
/// A stream of triples of bits: two random ones and their exclusive or. A network can predict every third bit; for
/// the others nothing is better than ½, whose squared error is ¼.
///
/// Differs from the paper: six state units, Adam and full backpropagation through time. Elman's network has two
/// state units, and its error, shown as a curve, only dips at every third bit: eight such networks, trained as
/// here, reached errors of 0.06 to 0.17 at the third bits. A network that does not know the position in the triple
/// can reach 1/9.
struct TemporalXOR: Reproduction {
    let name = "temporal-xor"
    let source = "Elman 1990"
    let claim = "Of bits that come as a, b, a xor b the network predicts every third, and only those."

    private let steps = 1500

    func run(seed: UInt64, _ progress: ProgressDisplay) throws -> [Measurement] {
        var generator = RandomGenerator(seed: seed)
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 6, outputWidth: 1, output: .sigmoid)
        let training = AdamTraining<Double>(RecurrentNetwork(configuration, using: &generator))
        let data = try NextElements(Self.stream(triples: 1000, using: &generator), windows: 60)
        let schedule = Schedule.step(0.02, every: steps * 7 / 10, factor: 0.2)
        try training.run(
            steps: steps, .meanSquaredError, learningRate: { schedule.learningRate(at: $0) },
            progress: { progress.show($0, of: steps) }
        ) { _ in (data.inputs, data.targets) }
        let errors = try NextElements.errors(training, on: Self.stream(triples: 1000, using: &generator))
        // The first bit of the stream has no error: element i is bit i + 1.
        let third = errors.indices.filter { $0 % 3 == 1 }.map { errors[$0][0] }
        let others = errors.indices.filter { $0 % 3 != 1 }.map { errors[$0][0] }
        return [
            Measurement(
                label: "MSE at third bits, H = 6", published: "0", bound: .below(0.05), value: mean(third)),
            Measurement(
                label: "MSE at other bits", published: "1/4", bound: .above(0.2), value: mean(others)),
        ]
    }

    /// Bits as vectors of width 1.
    static func stream(triples: Int, using generator: inout RandomGenerator) -> [[Double]] {
        var bits: [[Double]] = []
        for _ in 0..<triples {
            let (a, b) = (generator.index(below: 2), generator.index(below: 2))
            bits += [a, b, a ^ b].map { [Double($0)] }
        }
        return bits
    }
}
