import Recurrent

// The one import names types of all three libraries, and shows their members.
var generator = RandomGenerator(seed: 1)
let network = RecurrentNetwork<Double>(
    NetworkConfiguration(inputWidth: 2, stateWidth: 4, outputWidth: 1), using: &generator)
guard let inputWeights: Matrix<Double> = network.parameters[.inputWeights] else {
    fatalError("a network has input weights")
}
precondition(inputWeights.rows == 2 && inputWeights.columns == 4)
precondition(inputWeights.largestMagnitude > 0 && inputWeights.withView { $0.isFinite })

let array = NumPyArray(shape: [2], values: [1, 2])
precondition(array.shape == [2] && array.values == [1, 2])

precondition(Neighbours.names == ["Charts", "Formats", "Benchmarks", "NaiveReference", "TestSupport"])
precondition(Neighbours.numbers == [25, 1] && Neighbours.vectorUnit == "none")
print("\(inputWeights)\nNo collisions.")
