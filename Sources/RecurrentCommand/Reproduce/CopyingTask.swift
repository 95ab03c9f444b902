import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// Ten symbols out of eight, T − 1 blanks, a marker and ten blanks are the input; the output must be blank up to
/// the marker, then the ten symbols (Arjovsky, Shah and Bengio 2016).
struct CopyingTask<S: Scalar> {
    /// T
    let delay: Int

    /// The symbols, the blank and the marker.
    var inputWidth: Int { 10 }
    /// The symbols and the blank.
    var outputWidth: Int { 9 }
    private let symbolCount = 8
    private let blank = 8
    private let marker = 9

    /// The cross entropy per step of a network without memory, which can only guess the symbols: 10 ln 8 / (T + 20).
    var memorylessLoss: Double { 10 * log(Double(symbolCount)) / Double(delay + 20) }

    /// Inputs and targets of T + 20 steps.
    func batch(
        sequences: Int, using generator: inout RandomGenerator
    ) throws -> (SequenceBatch<S>, Targets<S>) {
        func blanks(_ count: Int) -> [Int] { Array(repeating: blank, count: count) }
        let symbols = (0..<sequences).map { _ in (0..<10).map { _ in generator.index(below: symbolCount) } }
        let inputs = try SequenceBatch<S>(
            tokens: symbols.map { $0 + blanks(delay - 1) + [marker] + blanks(10) },
            vocabulary: inputWidth)
        return (inputs, try inputs.targets(everyStep: symbols.map { blanks(delay + 10) + $0 }))
    }
}
