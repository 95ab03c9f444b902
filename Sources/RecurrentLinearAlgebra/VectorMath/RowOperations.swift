// Operations on the rows of a matrix. Tight rows, with stride = columns, take one call of a kernel; others take
// one call a row, or are not allowed where a precondition says so.

extension MutableMatrixView {
    /// Adds `bias` to every row.
    ///
    /// - Precondition: `bias` is a single row of this view's width.
    public func addToEachRow(_ bias: MatrixView<Element>) {
        requireRowBias(self, bias)
        unsafe forEachContiguousRows { unsafe Element._rowsAdd($0, $1, columns, bias.base) }
    }

    /// x ← tanh(x + b), with b added to every row.
    ///
    /// - Precondition: `bias` is a single row of this view's width.
    public func applyTanh(afterAdding bias: MatrixView<Element>) {
        requireRowBias(self, bias)
        unsafe forEachContiguousRows { unsafe Element._rowsTanh($0, $1, columns, bias.base) }
    }

    /// x ← 1 / (1 + e^−(x + b)), with b added to every row.
    ///
    /// - Precondition: `bias` is a single row of this view's width.
    public func applySigmoid(afterAdding bias: MatrixView<Element>) {
        requireRowBias(self, bias)
        unsafe forEachContiguousRows { unsafe Element._rowsSigmoid($0, $1, columns, bias.base) }
    }

    /// x ← max(x + b, 0), with b added to every row.
    ///
    /// - Precondition: `bias` is a single row of this view's width.
    public func applyReLU(afterAdding bias: MatrixView<Element>) {
        requireRowBias(self, bias)
        unsafe forEachContiguousRows { unsafe Element._rowsRelu($0, $1, columns, bias.base) }
    }

    /// Calls `body` with rows that are contiguous in memory, and their number: all of them if they are tight,
    /// else one.
    private func forEachContiguousRows(_ body: (UnsafeMutablePointer<Element>, Int) -> Void) {
        if stride == columns { return unsafe body(base, rows) }
        for row in 0..<rows { unsafe body(base + row * stride, 1) }
    }

    /// Sets row r to a copy of row `indices[r]` of `table`.
    ///
    /// - Precondition: there is one index for each row, that of a row of the table; `table` has this view's width
    ///   and tight rows.
    public func gatherRows(_ indices: ArraySlice<Int32>, of table: MatrixView<Element>) {
        requireRowIndices(indices, rows: rows, of: table.rows)
        requireSameShape((rows, columns), (rows, table.columns), "gather")
        requireStoredByRows(table)
        requireTight(table.stride, columns)
        unsafe indices.withUnsafeBufferPointer { indices in
            guard var index = indices.baseAddress else { return }
            unsafe forEachContiguousRows { rows, count in
                unsafe Element._rowsGather(rows, index, count, columns, table.base)
                unsafe index += count
            }
        }
    }

    /// Adds row r of `source` to row `indices[r]` of this matrix, one row after the other, but only the columns of
    /// `range`. An element's sum does not depend on the range.
    ///
    /// - Precondition: there is one index for each row of `source`, that of a row of this matrix; `source` has this
    ///   view's width, and this view's rows are tight.
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
                return unsafe Element._rowsScatterAdd(from, indices, source.rows, range.count, columns, to)
            }
            for row in 0..<source.rows {
                unsafe Element._rowsScatterAdd(
                    from + row * source.stride, indices + row, 1, range.count, columns, to)
            }
        }
    }

    /// x_r ← softmax x_r = e^(x_r − max) / Σ e^(x_r − max), for every row.
    ///
    /// - Precondition: the rows are tight.
    public func applySoftmaxToEachRow() {
        requireTight(stride, columns)
        guard columns > 0 else { return }
        unsafe Element._rowsSoftmax(base, rows, columns)
    }

    /// δ_r ← y_r ⊙ (δ_r − ⟨δ_r, y_r⟩): δ times the derivative of softmax, for y = softmax a.
    ///
    /// - Precondition: `y` has this view's shape, and the rows of both are tight.
    public func multiplyBySoftmaxDerivative(at y: MatrixView<Element>) {
        requireSameShape((rows, columns), (y.rows, y.columns), "derivative")
        requireStoredByRows(y)
        requireTight(stride, columns)
        requireTight(y.stride, columns)
        unsafe Element._rowsSoftmaxBackward(base, y.base, rows, columns)
    }
}

extension MatrixView {
    /// Adds all rows to `sum`: in `Double` one after the other, in `Float` in chunks, with compensation for what is lost
    /// between them, so that the relative error of a million equal terms is below 1e-6.
    ///
    /// - Precondition: `sum` is a single row of this view's width.
    public func addRows(to sum: MutableMatrixView<Element>) {
        requireSameShape((1, columns), (sum.rows, sum.columns), "sum of rows")
        requireStoredByRows(self)
        unsafe Element._rowsSum(base, rows, columns, stride, sum.base)
    }

    /// log Σ e^x for every row, without overflow.
    ///
    /// - Precondition: the rows are tight and not empty.
    public func logSumExpOfEachRow() -> [Element] {
        requireStoredByRows(self)
        requireTight(stride, columns)
        requireNotEmpty(columns, "log-sum-exp")
        return unsafe Array(unsafeUninitializedCapacity: rows) { result, count in
            if let result = result.baseAddress {
                unsafe Element._rowsLogSumExp(base, rows, columns, result)
            }
            count = rows
        }
    }
}
