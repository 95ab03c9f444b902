// Operations on the rows of a matrix. Their rows must be tight: stride = columns.

extension MutableMatrixView {
    /// Adds `bias` to every row.
    ///
    /// - Precondition: the rows are tight and `bias` is one row of their width.
    public func addToEachRow(_ bias: MatrixView<Element>) {
        requireSameShape((1, columns), (bias.rows, bias.columns), "row bias")
        requireStoredByRows(bias)
        requireTight(stride, columns)
        unsafe Element.rowsAdd(base, rows, columns, bias.base)
    }

    /// Softmax of every row: e^(x − max) / Σ e^(x − max).
    ///
    /// - Precondition: the rows are tight and not empty.
    public func applySoftmaxToEachRow() {
        requireTight(stride, columns)
        guard columns > 0 else { return }
        unsafe Element.rowsSoftmax(base, rows, columns)
    }

    /// δ ← y ⊙ (δ − ⟨δ, y⟩) by rows: the derivative of softmax, for y = softmax(a).
    ///
    /// - Precondition: `y` has this view's shape, and the rows of both are tight.
    public func multiplyBySoftmaxDerivative(at y: MatrixView<Element>) {
        requireSameShape((rows, columns), (y.rows, y.columns), "derivative")
        requireStoredByRows(y)
        requireTight(stride, columns)
        requireTight(y.stride, columns)
        unsafe Element.rowsSoftmaxBackward(base, y.base, rows, columns)
    }
}

extension MatrixView {
    /// Writes the sum of all rows into the one row of `sum`. The order of summation is that of the
    /// rows.
    ///
    /// - Precondition: the rows are tight and `sum` is one row of their width.
    public func sumRows(into sum: MutableMatrixView<Element>) {
        requireSameShape((1, columns), (sum.rows, sum.columns), "sum of rows")
        requireStoredByRows(self)
        requireTight(stride, columns)
        unsafe Element.rowsSum(base, rows, columns, sum.base)
    }

    /// log Σ e^x of every row, without overflow.
    ///
    /// - Precondition: the rows are tight and not empty.
    public func logSumExpOfEachRow() -> [Element] {
        requireStoredByRows(self)
        requireTight(stride, columns)
        requireNotEmpty(columns, "log-sum-exp")
        return unsafe Array(unsafeUninitializedCapacity: rows) { result, count in
            if let result = result.baseAddress {
                unsafe Element.rowsLogSumExp(base, rows, columns, result)
            }
            count = rows
        }
    }
}
