// Made the files beside it, as an executable target of version 0.5.0 that depends on Recurrent and LinearAlgebra:
//
//     swift run -c release MakeFixture Tests/Fixtures/Version0.5

import Foundation
import LinearAlgebra
import Recurrent

let folder = CommandLine.arguments[1]

/// Numbers in −1...1 that need no generator: row `row`, column `column` of what `kind` numbers.
func value(_ kind: Int, _ row: Int, _ column: Int) -> Double {
    let hash: Int = 31 * kind + 7 * row + 5 * column + 3 * row * column
    return Double(hash % 17 - 8) / 8
}

func rows(_ kind: Int, from first: Int, _ count: Int, width: Int) -> [[Double]] {
    (first..<first + count).map { row in (0..<width).map { value(kind, row, $0) } }
}

// A model whose layers differ, and its outputs.
struct Outputs: Codable {
    let X: [[[Double]]]
    let Y: [[Double]]
}

var generator = RandomGenerator(seed: 3)
let model = ElmanNetwork<Double>(
    ElmanConfiguration(
        inputWidth: 3,
        layers: [
            RecurrentLayer(stateWidth: 4, activation: .relu, directions: .bidirectional),
            RecurrentLayer(stateWidth: 3, activation: .tanh, bias: false),
            RecurrentLayer(stateWidth: 2, activation: .sigmoid, directions: .bidirectionalSum),
            RecurrentLayer(stateWidth: 3, activation: .identity, recurrent: false),
        ], outputWidth: 3, output: .softmax, readOut: .lastStep, dropout: 0.25, stateDropout: 0.125,
        learnsInitialState: true), using: &generator)
try model.write(to: folder + "/model.safetensors", metadata: ["note": "written by 0.5.0"])
let X = [rows(1, from: 0, 5, width: 3), rows(1, from: 5, 2, width: 3)]
let Y = try model.forward(SequenceBatch(X)).outputs.rowArrays
try JSONEncoder().encode(Outputs(X: X, Y: Y)).write(to: URL(fileURLWithPath: folder + "/outputs.json"))

/// Two epochs and a step of four, then the process ended; and the network that the whole training ends with.
func train(
    _ name: String, _ configuration: ElmanConfiguration, _ data: TrainingData<Double>,
    _ settings: TrainingSettings
) throws {
    var generator = RandomGenerator(seed: 9)
    let network = ElmanNetwork<Double>(configuration, using: &generator)
    let whole = try Trainer(network, on: data, settings)
    try whole.run()
    try whole.network.write(to: folder + "/\(name)-end.safetensors")
    let trainer = try Trainer(
        network, on: data, settings, checkpoints: CheckpointFolder(folder + "/" + name, keep: 1))
    while let event = try trainer.next(), trainer.step < whole.step * 5 / 8 { _ = event }
}

let lengths = [4, 2, 6, 3, 5, 4, 2, 3]
var first = 0
var (inputs, targets): ([[[Double]]], [[[Double]]]) = ([], [])
for length in lengths {
    inputs.append(rows(2, from: first, length, width: 2))
    targets.append(rows(3, from: first, length, width: 2))
    first += length
}
var settings = TrainingSettings(loss: .halfSquaredError, learningRate: 0.05, epochs: 4)
settings.rule = .sgd(momentum: 0.9)
settings.batchSize = 2
settings.checkpointEvery = 1
settings.silentSteps = 1
settings.seed = 5
try train(
    "sequences",
    ElmanConfiguration(
        inputWidth: 2, stateWidth: 3, outputWidth: 2, layers: 2, dropout: 0.3, stateDropout: 0.2),
    .sequences(SequenceDataSet(inputs, targets: .everyStep(targets))), settings)

settings.silentSteps = 0
settings.plateau = ReduceOnPlateau(learningRate: 0.05, factor: 0.5, patience: 0)
try train(
    "streams",
    ElmanConfiguration(inputWidth: 2, stateWidth: 3, outputWidth: 2, dropout: 0.3, stateDropout: 0.2),
    .streams(
        StreamDataSet(
            inputs: rows(2, from: 0, 48, width: 2), targets: rows(3, from: 0, 48, width: 2), streams: 2),
        TruncatedWindow(advance: 6, reach: 9)), settings)
