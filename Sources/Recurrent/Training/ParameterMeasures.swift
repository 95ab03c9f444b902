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
    private var parameters: VectorView<S>?
    private var moments: (first: VectorView<S>?, second: VectorView<S>?)

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
    @specialized(where S == Double)
    @specialized(where S == Float)
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
        (self.gradient, self.parameters) = (gradient.vector, parameters.vector)
        self.moments.first = moments.isEmpty ? nil : moments[0].vector
        self.moments.second = moments.count < 2 ? nil : moments[1].vector
        defer {
            (self.gradient, self.parameters) = (nil, nil)
            self.moments = (nil, nil)
        }
        if results.count < 4 * items { results = AlignedBuffer(count: 4 * items) }
        unfolding.share(self, items: items)
        let squares = sum(0, items)
        // Beyond this range squares may have overflowed or lost digits.
        let norm = 1e-280...1e280 ~= squares ? S(squares.squareRoot()) : gradient.norm
        return Result(
            norm: norm, parameters: S(largest(1, items)), first: S(largest(2, items)),
            second: S(largest(3, items)))
    }

    /// The sum of one of the results of all items.
    private func sum(_ number: Int, _ items: Int) -> Double {
        var sum = 0.0
        for item in 0..<items { sum += results.vector[4 * item + number] }
        return sum
    }

    private func largest(_ number: Int, _ items: Int) -> Double {
        var largest = 0.0
        for item in 0..<items { largest = max(largest, results.vector[4 * item + number]) }
        return largest
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    package func work(on item: Int) {
        guard let gradient else { return }
        let range = item * Self.size..<min((item + 1) * Self.size, gradient.count)
        let results = results.vector
        results[4 * item] = gradient.elements(range).sumOfSquares
        results[4 * item + 1] = largest(parameters, range)
        results[4 * item + 2] = largest(moments.first, range)
        results[4 * item + 3] = largest(moments.second, range)
    }

    private func largest(_ values: VectorView<S>?, _ range: Range<Int>) -> Double {
        guard let values else { return 0 }
        return Double(values.elements(range).largestMagnitudeIgnoringNaN)
    }
}
