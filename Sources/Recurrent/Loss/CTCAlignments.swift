import Foundation
import RecurrentLinearAlgebra

/// All ways in which a sequence of labels can be laid over the steps of a sequence of outputs (Graves, Fernández, Gomez and
/// Schmidhuber, "Connectionist temporal classification: labelling unsegmented sequence data with recurrent neural
/// networks", 2006): every step has a label or the blank; equal labels in a row are one, and the blanks are left out.
///
/// E = −log Σ Π_t y_t[k_t] over all paths k that give the labels, by the forward and backward variables of the labels with
/// blanks around each, 2·L + 1 positions. All sums are of logarithms, in Double.
struct CTCAlignments {
    /// The class at each position.
    private let classes: [Int]
    /// True if a path may leave out the blank before a position.
    private let skips: [Bool]
    private var positions: Int { classes.count }

    init(_ labels: [Int32], blank: Int) {
        let blanks = [blank]
        classes = blanks + labels.flatMap { [Int($0), blank] }
        skips = classes.indices.map { [classes] position in
            position >= 2 && classes[position] != blank && classes[position] != classes[position - 2]
        }
    }

    /// The fewest steps that labels can be laid over: one each, and one more between equal neighbours.
    static func fewestSteps(_ labels: [Int32]) -> Int {
        labels.count + zip(labels, labels.dropFirst()).count { $0 == $1 }
    }

    /// E of outputs a_t before softmax, and ∂E/∂a_t = y_t − γ_t, where γ_t[k] is the probability that the path is at
    /// class k, given the labels.
    ///
    /// - Parameters:
    ///   - a: steps × O.
    ///   - gradient: the place for ∂E/∂a_t, steps × O.
    /// - Returns: E; infinite or NaN if an a_t is. The gradient is then NaN.
    func evaluate(
        steps: Int, width: Int, a: (_ step: Int, _ class: Int) -> Double,
        gradient: (_ step: Int, _ class: Int, Double) -> Void
    ) -> Double {
        let logs = Self.logSoftmax(steps: steps, width: width, a)
        let forward = forward(logs, steps: steps, width: width)
        let last = forward[((steps - 1) * positions)...]
        let logProbability = Self.logSum(
            last[last.endIndex - 1], positions > 1 ? last[last.endIndex - 2] : -.infinity)
        var after = [Double](repeating: -.infinity, count: positions)
        for position in max(0, positions - 2)..<positions { after[position] = 0 }
        for step in (0..<steps).reversed() {
            if step + 1 < steps { moveBack(&after, logs, step: step + 1, width: width) }
            var shares = [Double](repeating: 0, count: width)
            for position in 0..<positions {
                let both = forward[step * positions + position] + after[position] - logProbability
                shares[classes[position]] += exp(both)
            }
            for index in 0..<width {
                gradient(step, index, exp(logs[step * width + index]) - shares[index])
            }
        }
        return -logProbability
    }

    /// log α, steps × positions: of all paths that are at a position at a step, the outputs so far.
    private func forward(_ logs: [Double], steps: Int, width: Int) -> [Double] {
        var α = [Double](repeating: -.infinity, count: steps * positions)
        for position in 0..<min(2, positions) { α[position] = logs[classes[position]] }
        for step in 1..<max(1, steps) {
            let before = (step - 1) * positions
            for position in 0..<positions {
                var sum = α[before + position]
                if position > 0 { sum = Self.logSum(sum, α[before + position - 1]) }
                if skips[position] { sum = Self.logSum(sum, α[before + position - 2]) }
                α[step * positions + position] = sum + logs[step * width + classes[position]]
            }
        }
        return α
    }

    /// log β of a step, from that of the next one, `step`: of all paths from a position on, the outputs after the step.
    private func moveBack(_ β: inout [Double], _ logs: [Double], step: Int, width: Int) {
        for position in 0..<positions { β[position] += logs[step * width + classes[position]] }
        for position in 0..<positions {
            var sum = β[position]
            if position + 1 < positions { sum = Self.logSum(sum, β[position + 1]) }
            if position + 2 < positions, skips[position + 2] { sum = Self.logSum(sum, β[position + 2]) }
            β[position] = sum
        }
    }

    private static func logSoftmax(
        steps: Int, width: Int, _ a: (_ step: Int, _ class: Int) -> Double
    ) -> [Double] {
        var logs = [Double](repeating: 0, count: steps * width)
        for step in 0..<steps {
            let first = step * width
            var largest = -Double.infinity
            for index in 0..<width {
                logs[first + index] = a(step, index)
                largest = max(largest, logs[first + index])
            }
            var sum = 0.0
            for index in 0..<width { sum += exp(logs[first + index] - largest) }
            let shift = largest + log(sum)
            for index in 0..<width { logs[first + index] -= shift }
        }
        return logs
    }

    /// log(e^a + e^b)
    private static func logSum(_ a: Double, _ b: Double) -> Double {
        let (low, high) = a < b ? (a, b) : (b, a)
        return low == -.infinity ? high : high + log1p(exp(low - high))
    }
}

extension CTCAlignments {
    /// - Throws: `DataError` for a label that is the blank or no class, or for more labels than fit into the steps.
    static func check(
        _ labels: [Int32], sequence: Int, steps: Int, classes: Int, blank: Int
    ) throws(DataError) {
        for label in labels {
            guard (0..<classes).contains(Int(label)) else {
                throw .labelOutOfRange(sequence: sequence, label: Int(label), classes: classes)
            }
            guard Int(label) != blank else { throw .labelIsBlank(sequence: sequence, label: blank) }
        }
        let needed = fewestSteps(labels)
        guard needed <= steps else {
            throw .tooManyLabels(sequence: sequence, labels: labels.count, needed: needed, steps: steps)
        }
    }
}
