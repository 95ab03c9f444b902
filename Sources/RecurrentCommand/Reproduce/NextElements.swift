import Recurrent
import RecurrentLinearAlgebra

/// Windows of a stream, with the next element of the stream as the target of every step.
struct NextElements {
    let inputs: SequenceBatch<Double>
    let targets: Targets<Double>

    /// Cuts a stream into windows of `length`; an incomplete last window is dropped.
    init(_ stream: [[Double]], windows length: Int) throws {
        let windows = stride(from: 0, through: stream.count - length, by: length).map {
            Array(stream[$0..<$0 + length])
        }
        inputs = try SequenceBatch(windows.map { Array($0.dropLast()) })
        targets = try inputs.targets(everyStep: windows.map { Array($0.dropFirst()) })
    }

    /// The squared error of every feature of every element of a stream but the first. The state is carried through
    /// the whole stream.
    static func errors(_ training: AdamTraining<Double>, on stream: [[Double]]) throws -> [[Double]] {
        let outputs = try training.outputs(for: SequenceBatch([Array(stream.dropLast())]))
        return zip(outputs.rowArrays, stream.dropFirst()).map { zip($0, $1).map { ($0 - $1) * ($0 - $1) } }
    }
}
