import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// The engine as one of several programs that do the same work in turn for a driver. Reads commands from standard
/// input and answers each with a line:
///
///     load FILE TYPE      the losses of the first three training steps
///     train SECONDS       milliseconds of a training step: the least, the median
///     infer SECONDS       milliseconds of a forward pass: the least, the median
///     memory              megabytes by which the process grows at most in two training steps
///
/// FILE is a safetensors file with a network under PyTorch's names, x (T × B × I) and d (T × B × O). Its metadata are
/// `cell`, which is "elman", "lstm" or "gru", and, if not all sequences have T steps, `lengths`: B numbers with a space
/// between. There is no loss after a sequence's end. TYPE is f64 or f32.
struct Contender {
    private var work: Work?

    private struct Work {
        let train: () throws -> Void
        let infer: () throws -> Void
        let memory: () throws -> Double
    }

    mutating func run() {
        while let line = readLine() {
            let answer: String
            do {
                answer = try self.answer(to: line.split(separator: " ").map(String.init))
            } catch {
                answer = "\(error)"
            }
            // Written directly: print would buffer it, as the output is a pipe.
            FileHandle.standardOutput.write(Data("\(answer)\n".utf8))
        }
    }

    private mutating func answer(to words: [String]) throws -> String {
        switch (words.first, words.count) {
        case ("load", 3) where words[2] == "f64": try load(words[1], Double.self)
        case ("load", 3) where words[2] == "f32": try load(words[1], Float.self)
        case ("train", 2): try time(words[1], work?.train)
        case ("infer", 2): try time(words[1], work?.infer)
        case ("memory", 1): try work.map { "\(try $0.memory())" } ?? Self.nothingLoaded
        default: "unknown command"
        }
    }

    private mutating func load<S: Scalar>(_ path: String, _ type: S.Type) throws -> String {
        work = nil
        let (workload, workers) = (try Workload<S>(peersFile: path), Processors.usable)
        work = Work(
            train: workload.trainingStep(workers: workers), infer: workload.forwardPass(workers: workers),
            memory: { try workload.growthOfTwoSteps(workers: workers) })
        return try workload.firstLosses(3).map { "\($0)" }.joined(separator: " ")
    }

    private static let nothingLoaded = "nothing is loaded"

    private func time(_ seconds: String, _ body: (() throws -> Void)?) throws -> String {
        guard let body else { return Self.nothingLoaded }
        guard let seconds = Double(seconds) else { return "not a number of seconds" }
        let timing = try Timing(seconds: seconds, body)
        return "\(timing.min) \(timing.median)"
    }
}
