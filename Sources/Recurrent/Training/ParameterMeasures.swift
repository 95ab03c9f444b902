import RecurrentLinearAlgebra

/// What an update needs to know of all parameters before it changes any: ‖g‖₂ and the largest magnitudes. Large networks
/// are measured by all workers, in one pass; sums are by item, in the items' order, on any number of workers.
final class ParameterMeasures<S: Scalar>: ParallelWork, @unchecked Sendable {
    // Unchecked: an optimiser uses it only while it holds the single reference, and only within one call; an item writes
    // to places of its own.

    private static var size: Int { Tuning.elementsOfAnUpdate }

    /// For each item the sum of the gradient's squares, and the largest magnitudes of parameters and of two moments.
    private var results = AlignedBuffer<Double>(count: 0)
    private var gradient: VectorView<S>?
    private var others: [VectorView<S>?] = [nil, nil, nil]

    /// The numbers of all parameters; those of a rule that keeps fewer moments are 0.
    struct Result {
        let norm: S
        let parameters: S
        let first: S
        let second: S
    }

    /// - Parameters:
    ///   - gradient: that of all parameters.
    ///   - moments: those that the rule keeps; at most two.
    ///   - unfolding: its workers share the measurement.
    func measure(
        _ parameters: Parameters<S>, _ gradient: Parameters<S>, _ moments: [Parameters<S>],
        on unfolding: Unfolding<S>
    ) -> Result {
        let items = (gradient.count + Self.size - 1) / Self.size
        guard items >= Tuning.fewestSharedUpdates else {
            func largest(_ number: Int) -> S {
                number < moments.count ? moments[number].largestMagnitudeIgnoringNaN : 0
            }
            return Result(
                norm: gradient.norm, parameters: parameters.largestMagnitudeIgnoringNaN, first: largest(0),
                second: largest(1))
        }
        self.gradient = gradient.vector
        others[0] = parameters.vector
        for (number, moment) in moments.enumerated() { others[number + 1] = moment.vector }
        defer {
            self.gradient = nil
            for number in others.indices { others[number] = nil }
        }
        if results.count < 4 * items { results = AlignedBuffer(count: 4 * items) }
        unfolding.share(self, items: items)
        let results = results.vector.readOnly
        func largest(_ number: Int) -> S {
            S((0..<items).reduce(0) { max($0, results[4 * $1 + number]) })
        }
        let squares = (0..<items).reduce(0) { $0 + results[4 * $1] }
        // Beyond this range squares may have overflowed or lost digits.
        let norm = 1e-280...1e280 ~= squares ? S(squares.squareRoot()) : gradient.norm
        return Result(norm: norm, parameters: largest(1), first: largest(2), second: largest(3))
    }

    package func work(on item: Int) {
        guard let gradient else { return }
        let range = item * Self.size..<min((item + 1) * Self.size, gradient.count)
        let results = results.vector
        results[4 * item] = gradient.elements(range).sumOfSquares
        for (number, values) in others.enumerated() {
            results[4 * item + number + 1] = Double(values?.elements(range).largestMagnitudeIgnoringNaN ?? 0)
        }
    }
}
