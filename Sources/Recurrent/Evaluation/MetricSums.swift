import Foundation
import RecurrentLinearAlgebra

/// The sums over steps that metrics are made of.
struct MetricSums {
    private let metrics: [Metric]
    private let classes: Int
    private(set) var count = 0
    /// The number of steps at d · C + the class with the largest output.
    private var confusions: [Int: Int] = [:]
    private var negativeLogLikelihood = 0.0
    /// By metric, for those of k largest outputs and of quantiles.
    private var sums: [Metric: Double] = [:]
    private var valueCount = 0
    private var (squares, magnitudes) = (0.0, 0.0)

    init<S: Scalar>(
        _ metrics: [Metric], of data: SequenceDataSet<S>, for configuration: NetworkConfiguration
    ) {
        self.metrics = metrics
        classes = if case .classes = data.targets { configuration.outputWidth } else { 0 }
    }

    /// Adds the steps of some sequences of the data set that are judged: a forward pass.
    mutating func add<S: Scalar>(
        _ network: RecurrentNetwork<S>, _ sequences: [Int], of data: SequenceDataSet<S>, at steps: LossSteps,
        in unfolding: Unfolding<S>
    ) throws(PassError) {
        let isPooled = network.configuration.isPooled
        let outputs = try unfolding.outputs(of: network, sequences, of: data, activations: classes > 0)
        for (sequence, rows) in zip(sequences, outputs) {
            for (step, row) in rows.enumerated() {
                let place = isPooled ? sequence : data.firstRows[sequence] + step
                guard isPooled || steps.contains(step, of: data.lengths[sequence]),
                    data.weights.row(place) != 0
                else { continue }
                add(row.map { Double($0) }, at: place, of: data)
            }
        }
    }

    private mutating func add<S: Scalar>(_ outputs: [Double], at place: Int, of data: SequenceDataSet<S>) {
        switch data.targets {
        case .classes(let classes): add(outputs, class: Int(classes[place]))
        case .values(let values):
            add(
                outputs,
                values: (0..<values.columns).map {
                    data.weights.counts(place, $0) ? Double(values[place, $0]) : nil
                })
        case .labels: unreachable("labels have no metric")
        }
    }

    /// Adds a step of class `d` with these a_t.
    private mutating func add(_ a: [Double], class d: Int) {
        count += 1
        var best = 0
        for index in a.indices where a[index] > a[best] { best = index }
        confusions[d * classes + best, default: 0] += 1
        let largest = a[best]
        negativeLogLikelihood += log(a.reduce(0) { $0 + exp($1 - largest) }) - (a[d] - largest)
        for case .topAccuracy(let k) in metrics {
            // Among equals the first come first, as for the largest.
            let before = a.indices.count { a[$0] > a[d] || a[$0] == a[d] && $0 < d }
            sums[.topAccuracy(k), default: 0] += before < k ? 1 : 0
        }
    }

    /// Adds a step with these outputs and values, those left out being nil.
    private mutating func add(_ y: [Double], values: [Double?]) {
        count += 1
        for (index, d) in values.enumerated() {
            guard let d else { continue }
            valueCount += 1
            if index < y.count {
                squares += (d - y[index]) * (d - y[index])
                magnitudes += abs(d - y[index])
            }
            for case .quantileLoss(let levels) in metrics {
                for (number, level) in levels.enumerated() {
                    let e = d - y[index * levels.count + number]
                    let share = max(level * e, (level - 1) * e) / Double(levels.count)
                    sums[.quantileLoss(levels), default: 0] += share
                }
            }
        }
    }

    var evaluation: Evaluation {
        let values = Dictionary(metrics.map { ($0, value(of: $0)) }) { first, _ in first }
        return Evaluation(count: count, classes: classes, confusions: confusions, values: values)
    }

    private func value(of metric: Metric) -> Double {
        switch metric {
        case .accuracy: Double((0..<classes).reduce(0) { $0 + right($1) }) / Double(count)
        case .topAccuracy: (sums[metric] ?? 0) / Double(count)
        case .macroF1: macroF1
        case .perplexity: exp(negativeLogLikelihood / Double(count))
        case .rmse: (squares / Double(valueCount)).squareRoot()
        case .mae: magnitudes / Double(valueCount)
        case .mase(let scale): magnitudes / Double(valueCount) / scale
        case .quantileLoss: (sums[metric] ?? 0) / Double(valueCount)
        }
    }

    private var macroF1: Double {
        // 2 TP + FP + FN: how often a class is a target or an output, both being two.
        var occurrences = Array(repeating: 0, count: classes)
        for (place, count) in confusions {
            occurrences[place / classes] += count
            occurrences[place % classes] += count
        }
        let occurring = occurrences.indices.filter { occurrences[$0] > 0 }
        let sum = occurring.reduce(0.0) { $0 + 2 * Double(right($1)) / Double(occurrences[$1]) }
        return sum / Double(occurring.count)
    }

    /// The number of steps of a class whose output for it is the largest.
    private func right(_ index: Int) -> Int { confusions[index * classes + index] ?? 0 }
}
