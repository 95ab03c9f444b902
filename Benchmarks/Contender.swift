import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// The engine as one of several programs that do the same work in turn for a driver. Reads commands from standard
/// input and answers each with a line:
///
///     load FILE TYPE      the losses of the first three training steps
///     train SECONDS       milliseconds of a training step: the least, the median
///     infer SECONDS       milliseconds of a forward pass: the least, the median
///
/// FILE is a safetensors file with a network under PyTorch's names, x (T × B × I) and d (T × B × O).
struct Contender {
    private var train: () throws -> Void = {}
    private var infer: () throws -> Void = {}

    mutating func run() throws {
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            let answer: String
            switch (words.first, words.count) {
            case ("load", 3) where words[2] == "f64": answer = try load(words[1], Double.self)
            case ("load", 3) where words[2] == "f32": answer = try load(words[1], Float.self)
            case ("train", 2): answer = try time(words[1], train)
            case ("infer", 2): answer = try time(words[1], infer)
            default: answer = "unknown command"
            }
            // Written directly: print would buffer it, as the output is a pipe.
            FileHandle.standardOutput.write(Data("\(answer)\n".utf8))
        }
    }

    private mutating func load<S: Scalar>(_ path: String, _ type: S.Type) throws -> String {
        let file = try Safetensors(contentsOf: path)
        guard let x = file["x"], let d = file["d"], x.shape.count == 3, d.shape.count == 3,
            let inputs = x.elements(as: S.self), let targets = d.elements(as: S.self)
        else { return "the file has no x and d of three dimensions" }
        let network = try RecurrentNetwork<S>(
            Safetensors(tensors: file.tensors.filter { !["x", "d"].contains($0.name) }),
            assuming: AssumedFunctions(activation: .tanh, output: .linear))
        let rows = x.shape[0] * x.shape[1]
        let workload = try Workload(
            network, Matrix(rows: rows, columns: x.shape[2]) { inputs[$0 * x.shape[2] + $1] },
            Matrix(rows: rows, columns: d.shape[2]) { targets[$0 * d.shape[2] + $1] },
            steps: x.shape[0], sequences: x.shape[1])
        train = workload.trainingStep(workers: Processors.usable)
        infer = workload.forwardPass(workers: Processors.usable)
        return try workload.firstLosses(3).map { "\($0)" }.joined(separator: " ")
    }

    private func time(_ seconds: String, _ body: () throws -> Void) throws -> String {
        guard let seconds = Double(seconds) else { return "not a number of seconds" }
        let timing = try Timing(seconds: seconds, body)
        return "\(timing.min) \(timing.median)"
    }
}
