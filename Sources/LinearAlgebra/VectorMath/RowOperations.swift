// Operations on the rows of a matrix. Most take tight rows only: stride = columns.

extension MutableMatrixView {
    /// Adds `bias` to every row.
    ///
    /// - Precondition: the rows are tight and `bias` is one row of their width.
    public func addToEachRow(_ bias: MatrixView<Element>) {
        requireRowBias(self, bias)
        unsafe Element.rowsAdd(base, rows, columns, bias.base)
    }

    /// x ← tanh(x + b), b being added to every row.
    ///
    /// - Precondition: the rows are tight and `bias` is one row of their width.
    public func applyTanh(afterAdding bias: MatrixView<Element>) {
        requireRowBias(self, bias)
        unsafe Element.rowsTanh(base, rows, columns, bias.base)
    }

    /// x ← 1 / (1 + e^−(x + b)), b being added to every row.
    ///
    /// - Precondition: the rows are tight and `bias` is one row of their width.
    public func applySigmoid(afterAdding bias: MatrixView<Element>) {
        requireRowBias(self, bias)
        unsafe Element.rowsSigmoid(base, rows, columns, bias.base)
    }

    /// x ← max(x + b, 0), b being added to every row.
    ///
    /// - Precondition: the rows are tight and `bias` is one row of their width.
    public func applyReLU(afterAdding bias: MatrixView<Element>) {
        requireRowBias(self, bias)
        unsafe Element.rowsRelu(base, rows, columns, bias.base)
    }

    /// Makes row r a copy of row `indices[r]` of `table`.
    ///
    /// - Precondition: rows are tight and of one width, and there is an index for each; every index
    ///   is a row of the table.
    public func gatherRows(_ indices: ArraySlice<Int32>, of table: MatrixView<Element>) {
        requireRowIndices(indices, rows: rows, of: table.rows)
        requireSameShape((rows, columns), (rows, table.columns), "gather")
        requireStoredByRows(table)
        requireTight(stride, columns)
        requireTight(table.stride, columns)
        unsafe indices.withUnsafeBufferPointer { indices in
            guard let indices = indices.baseAddress else { return }
            unsafe Element.rowsGather(base, indices, rows, columns, table.base)
        }
    }

    /// Adds the columns `range` of row r of `rows` to those of row `indices[r]` of this matrix, row after
    /// row. An element's sum does not depend on the range.
    ///
    /// - Precondition: rows are tight and of one width, and there is an index for each; every index
    ///   is a row of this matrix.
    public func scatterAdd(
        _ source: MatrixView<Element>, at indices: ArraySlice<Int32>, columns range: Range<Int>
    ) {
        requireRowIndices(indices, rows: source.rows, of: rows)
        requireSameShape((rows, columns), (rows, source.columns), "scatter")
        requireRange(range, within: columns, "columns")
        requireStoredByRows(source)
        requireTight(stride, columns)
        requireTight(source.stride, columns)
        unsafe indices.withUnsafeBufferPointer { indices in
            guard let indices = indices.baseAddress else { return }
            unsafe Element.rowsScatterAdd(
                source.base + range.lowerBound, indices, source.rows, range.count, columns,
                base + range.lowerBound)
        }
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
    /// Adds all rows to the one row of `sum`, one after the other.
    ///
    /// - Precondition: `sum` is one row of this view's width.
    public func addRows(to sum: MutableMatrixView<Element>) {
        requireSameShape((1, columns), (sum.rows, sum.columns), "sum of rows")
        requireStoredByRows(self)
        unsafe Element.rowsSum(base, rows, columns, stride, sum.base)
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
