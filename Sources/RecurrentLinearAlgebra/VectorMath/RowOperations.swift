// Operations on the rows of a matrix. Tight rows, stride = columns, are one call of a kernel; of others each row is
// one. Some take tight rows only.

extension MutableMatrixView {
    /// Adds `bias` to every row.
    ///
    /// - Precondition: `bias` is one row of this view's width.
    public func addToEachRow(_ bias: MatrixView<Element>) {
        requireRowBias(self, bias)
        unsafe forEachStretch { unsafe Element.rowsAdd($0, $1, columns, bias.base) }
    }

    /// x ← tanh(x + b), b being added to every row.
    ///
    /// - Precondition: `bias` is one row of this view's width.
    public func applyTanh(afterAdding bias: MatrixView<Element>) {
        requireRowBias(self, bias)
        unsafe forEachStretch { unsafe Element.rowsTanh($0, $1, columns, bias.base) }
    }

    /// x ← 1 / (1 + e^−(x + b)), b being added to every row.
    ///
    /// - Precondition: `bias` is one row of this view's width.
    public func applySigmoid(afterAdding bias: MatrixView<Element>) {
        requireRowBias(self, bias)
        unsafe forEachStretch { unsafe Element.rowsSigmoid($0, $1, columns, bias.base) }
    }

    /// x ← max(x + b, 0), b being added to every row.
    ///
    /// - Precondition: `bias` is one row of this view's width.
    public func applyReLU(afterAdding bias: MatrixView<Element>) {
        requireRowBias(self, bias)
        unsafe forEachStretch { unsafe Element.rowsRelu($0, $1, columns, bias.base) }
    }

    /// Calls `body` with each stretch of rows without gaps, and how many they are.
    private func forEachStretch(_ body: (UnsafeMutablePointer<Element>, Int) -> Void) {
        if stride == columns { return unsafe body(base, rows) }
        for row in 0..<rows { unsafe body(base + row * stride, 1) }
    }

    /// Makes row r a copy of row `indices[r]` of `table`.
    ///
    /// - Precondition: rows are of one width, those of the table tight, and there is an index for each; every
    ///   index is a row of the table.
    public func gatherRows(_ indices: ArraySlice<Int32>, of table: MatrixView<Element>) {
        requireRowIndices(indices, rows: rows, of: table.rows)
        requireSameShape((rows, columns), (rows, table.columns), "gather")
        requireStoredByRows(table)
        requireTight(table.stride, columns)
        unsafe indices.withUnsafeBufferPointer { indices in
            guard var index = indices.baseAddress else { return }
            unsafe forEachStretch { rows, count in
                unsafe Element.rowsGather(rows, index, count, columns, table.base)
                unsafe index += count
            }
        }
    }

    /// Adds the columns `range` of row r of `rows` to those of row `indices[r]` of this matrix, row after
    /// row. An element's sum does not depend on the range.
    ///
    /// - Precondition: rows are of one width, those of this matrix tight, and there is an index for each; every
    ///   index is a row of this matrix.
    public func scatterAdd(
        _ source: MatrixView<Element>, at indices: ArraySlice<Int32>, columns range: Range<Int>
    ) {
        requireRowIndices(indices, rows: source.rows, of: rows)
        requireSameShape((rows, columns), (rows, source.columns), "scatter")
        requireRange(range, within: columns, "columns")
        requireStoredByRows(source)
        requireTight(stride, columns)
        let (from, to) = unsafe (source.base + range.lowerBound, base + range.lowerBound)
        unsafe indices.withUnsafeBufferPointer { indices in
            guard let indices = indices.baseAddress else { return }
            if source.stride == columns {
                return unsafe Element.rowsScatterAdd(from, indices, source.rows, range.count, columns, to)
            }
            for row in 0..<source.rows {
                unsafe Element.rowsScatterAdd(
                    from + row * source.stride, indices + row, 1, range.count, columns, to)
            }
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
