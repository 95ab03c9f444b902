// BLAS level 1, on vectors of any increment.

/// y ← α x + y.
///
/// - Precondition: x and y have the same number of elements.
public func axpy<S: Scalar>(_ alpha: S, _ x: VectorView<S>, into y: MutableVectorView<S>) {
    requireSameCount(x.count, y.count, "axpy")
    unsafe S._axpy(
        blasInt(x.count), alpha, x.base, blasInt(x.increment), y.base, blasInt(y.increment))
}

/// xᵀ y.
///
/// - Precondition: x and y have the same number of elements.
public func dot<S: Scalar>(_ x: VectorView<S>, _ y: VectorView<S>) -> S {
    requireSameCount(x.count, y.count, "dot")
    return unsafe S._dot(
        blasInt(x.count), x.base, blasInt(x.increment), y.base, blasInt(y.increment))
}

extension VectorView {
    /// ‖x‖₂, without overflow or underflow on the way. NaN or infinite if an element is.
    public var norm: Element {
        if increment == 1 {
            let squares = unsafe Element._vectorSumOfSquares(base, count)
            // In this range no square has overflowed or lost digits, and the plain sum is the fastest.
            if 1e-280...1e280 ~= squares { return Element(squares.squareRoot()) }
        }
        return unsafe Element._nrm2(blasInt(count), base, blasInt(increment))
    }
}

extension VectorView {
    /// Σ x², in double and in an order that depends on the number of elements only.
    ///
    /// - Precondition: the increment is 1.
    package var sumOfSquares: Double {
        requireTight(increment, 1)
        return unsafe Element._vectorSumOfSquares(base, count)
    }

    /// max |x| over the elements that are numbers; 0 if there are none.
    ///
    /// - Precondition: the increment is 1.
    package var largestMagnitudeIgnoringNaN: Element {
        requireTight(increment, 1)
        return unsafe Element._vectorLargestMagnitude(base, count)
    }
}

extension MutableVectorView {
    /// x ← α x.
    public func scale(by alpha: Element) {
        unsafe Element._scal(blasInt(count), alpha, base, blasInt(increment))
    }

    /// x ← y.
    ///
    /// - Precondition: x and y have the same number of elements, and an increment of 1.
    package func copy(from y: VectorView<Element>) {
        requireSameCount(y.count, count, "copy")
        requireTight(increment, 1)
        requireTight(y.increment, 1)
        unsafe base.update(from: y.base, count: count)
    }

    /// Sets every element to `value`.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    public func fill(_ value: Element) {
        if increment == 1 { return unsafe base.update(repeating: value, count: count) }
        for index in 0..<count { unsafe base[index * increment] = value }
    }
}

extension Matrix {
    /// The Frobenius norm: the square root of the sum of all squares.
    public var frobeniusNorm: Element {
        withView { view in
            unsafe VectorView(base: view.base, count: rows * columns).norm
        }
    }
}
