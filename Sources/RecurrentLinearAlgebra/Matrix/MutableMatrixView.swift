/// A writable view of a row-major matrix that something else owns; see `MatrixView`.
///
/// Several views may share memory. Operations that write require that their operands lie elsewhere, unless their
/// documentation says "in place".
@safe
public struct MutableMatrixView<Element: Scalar> {
    @usableFromInline let base: UnsafeMutablePointer<Element>
    public let rows: Int
    public let columns: Int
    /// The number of elements from the start of one row to the next.
    public let stride: Int

    /// A view of `rows` × `columns` elements at `base`.
    ///
    /// - Precondition: while the view is used, the memory holds them and nothing else writes them.
    @unsafe
    public init(base: UnsafeMutablePointer<Element>, rows: Int, columns: Int, stride: Int? = nil) {
        unsafe self.base = base
        self.rows = rows
        self.columns = columns
        self.stride = stride ?? max(columns, 1)
        requireStride(self.stride, holds: columns)
    }

    /// A read-only view of the same elements.
    @inlinable
    public var readOnly: MatrixView<Element> {
        unsafe MatrixView(
            base: UnsafePointer(base), rows: rows, columns: columns, stride: stride,
            isTransposed: false)
    }

    /// The element in row `row` and column `column`.
    public subscript(row: Int, column: Int) -> Element {
        get { readOnly[row, column] }
        nonmutating set {
            requireIndex(row, below: rows, "row")
            requireIndex(column, below: columns, "column")
            unsafe base[row * stride + column] = newValue
        }
    }

    /// One row as a vector.
    public func row(_ row: Int) -> MutableVectorView<Element> {
        requireIndex(row, below: rows, "row")
        return unsafe MutableVectorView(base: base + row * stride, count: columns, increment: 1)
    }

    /// One column as a vector.
    public func column(_ column: Int) -> MutableVectorView<Element> {
        requireIndex(column, below: columns, "column")
        return unsafe MutableVectorView(base: base + column, count: rows, increment: stride)
    }

    /// The rows of `range`.
    public func rows(_ range: Range<Int>) -> MutableMatrixView {
        requireRange(range, within: rows, "rows")
        return unsafe MutableMatrixView(
            base: base + range.lowerBound * stride, rows: range.count, columns: columns,
            stride: stride)
    }

    /// The columns of `range`.
    public func columns(_ range: Range<Int>) -> MutableMatrixView {
        requireRange(range, within: columns, "columns")
        return unsafe MutableMatrixView(
            base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
    }

    /// Sets every element to `value`.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    public func fill(_ value: Element) {
        for row in 0..<rows { unsafe (base + row * stride).update(repeating: value, count: columns) }
    }

    /// A ← A + `other`.
    package func add(_ other: MatrixView<Element>) {
        requireSameShape((rows, columns), (other.rows, other.columns), "sum")
        for row in 0..<rows { axpy(1, other.row(row), into: self.row(row)) }
    }

    /// A ← `source`.
    ///
    /// - Precondition: both have the same shape.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    public func copy(from source: MatrixView<Element>) {
        requireSameShape((rows, columns), (source.rows, source.columns), "copy")
        if source.isTransposed {
            return unsafe Element._rowsTranspose(source.base, columns, rows, source.stride, base, stride)
        }
        if stride == columns && source.stride == columns {
            return unsafe base.update(from: source.base, count: rows * columns)
        }
        for row in 0..<rows {
            unsafe (base + row * stride).update(from: source.base + row * source.stride, count: columns)
        }
    }
}

extension MutableMatrixView {
    /// Copies the rows of `source` in groups of `count`, each to `distance` rows after the one before.
    ///
    /// - Precondition: `count` is at least 1 and at most `distance`; `source` has this view's width, is stored by
    ///   rows and has a whole number of groups, of which the last ends within this view.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    package func copyStretches(of count: Int, every distance: Int, from source: MatrixView<Element>) {
        if count == distance { return rows(0..<source.rows).copy(from: source) }
        for number in 0..<source.rows / count {
            rows(number * distance..<number * distance + count)
                .copy(from: source.rows(number * count..<(number + 1) * count))
        }
    }
}
