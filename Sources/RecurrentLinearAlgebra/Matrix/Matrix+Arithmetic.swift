extension Matrix {
    /// A + B.
    ///
    /// - Precondition: both have the same shape.
    public static func + (a: Matrix, b: Matrix) -> Matrix {
        requireSameShape((a.rows, a.columns), (b.rows, b.columns), "sum")
        return Matrix(rows: a.rows, columns: a.columns) { a[$0, $1] + b[$0, $1] }
    }

    /// A − B.
    ///
    /// - Precondition: both have the same shape.
    public static func - (a: Matrix, b: Matrix) -> Matrix {
        requireSameShape((a.rows, a.columns), (b.rows, b.columns), "difference")
        return Matrix(rows: a.rows, columns: a.columns) { a[$0, $1] - b[$0, $1] }
    }

    /// A diag(d): column c times element c of `d`.
    ///
    /// - Precondition: `d` is a single row of this matrix's width.
    public func scalingColumns(by d: Matrix) -> Matrix {
        requireSameShape((1, columns), (d.rows, d.columns), "scaling of columns")
        return Matrix(rows: rows, columns: columns) { self[$0, $1] * d[0, $1] }
    }

    /// Row `row` as a matrix with a single row.
    public func row(_ row: Int) -> Matrix {
        requireIndex(row, below: rows, "row")
        return Matrix(rows: 1, columns: columns) { self[row, $1] }
    }

    /// max |a| over all elements; NaN if an element is, 0 if there are none.
    public var largestMagnitude: Element {
        elements.reduce(0) { $1.isNaN || abs($1) > $0 ? abs($1) : $0 }
    }
}

extension Matrix {
    /// The same numbers in another type, rounded if it is less precise.
    public func converted<Other: Scalar>(to type: Other.Type) -> Matrix<Other> {
        Matrix<Other>(rows: rows, columns: columns) { Other(self[$0, $1]) }
    }
}
