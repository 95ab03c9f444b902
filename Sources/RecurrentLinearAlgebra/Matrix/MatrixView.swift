/// A read-only window on a row-major matrix that someone else owns: `rows` × `columns` elements,
/// consecutive rows `stride` elements apart (the leading dimension).
///
/// `transposed` is a view of the same memory with rows and columns exchanged; products take it at
/// no cost. A view is valid only inside the closure that handed it out, or as long as its owner
/// lives and is not written; it must not be kept.
@safe
public struct MatrixView<Element: Scalar> {
    let base: UnsafePointer<Element>
    public let rows: Int
    public let columns: Int
    /// Elements from the start of one stored row to the next; at least 1 and the stored row's width.
    public let stride: Int
    /// Whether the stored rows are this view's columns.
    public let isTransposed: Bool

    /// A view of `rows` × `columns` elements at `base`.
    ///
    /// - Precondition: the memory holds them for as long as the view is used.
    @unsafe
    public init(base: UnsafePointer<Element>, rows: Int, columns: Int, stride: Int? = nil) {
        unsafe self.init(
            base: base, rows: rows, columns: columns, stride: stride ?? max(columns, 1),
            isTransposed: false)
        requireStride(self.stride, holds: columns)
    }

    @unsafe
    init(base: UnsafePointer<Element>, rows: Int, columns: Int, stride: Int, isTransposed: Bool) {
        unsafe self.base = base
        self.rows = rows
        self.columns = columns
        self.stride = stride
        self.isTransposed = isTransposed
    }

    /// The same elements with rows and columns exchanged.
    public var transposed: MatrixView {
        unsafe MatrixView(
            base: base, rows: columns, columns: rows, stride: stride, isTransposed: !isTransposed)
    }

    public subscript(row: Int, column: Int) -> Element {
        requireIndex(row, below: rows, "row")
        requireIndex(column, below: columns, "column")
        return unsafe isTransposed ? base[column * stride + row] : base[row * stride + column]
    }

    /// One row as a vector.
    public func row(_ row: Int) -> VectorView<Element> {
        requireIndex(row, below: rows, "row")
        return unsafe VectorView(
            base: base + (isTransposed ? row : row * stride), count: columns,
            increment: isTransposed ? stride : 1)
    }

    /// One column as a vector.
    public func column(_ column: Int) -> VectorView<Element> { transposed.row(column) }
}

/// A writable window on a row-major matrix that someone else owns; see `MatrixView`.
///
/// Several views may show the same memory. Operations that write require that what they read lies
/// elsewhere, unless they say "in place".
@safe
public struct MutableMatrixView<Element: Scalar> {
    let base: UnsafeMutablePointer<Element>
    public let rows: Int
    public let columns: Int
    /// Elements from the start of one row to the next.
    public let stride: Int

    /// A view of `rows` × `columns` elements at `base`.
    ///
    /// - Precondition: the memory holds them, and nobody else writes it, while the view is used.
    @unsafe
    public init(base: UnsafeMutablePointer<Element>, rows: Int, columns: Int, stride: Int? = nil) {
        unsafe self.base = base
        self.rows = rows
        self.columns = columns
        self.stride = stride ?? max(columns, 1)
        requireStride(self.stride, holds: columns)
    }

    /// The same elements, to be read only.
    public var readOnly: MatrixView<Element> {
        unsafe MatrixView(
            base: UnsafePointer(base), rows: rows, columns: columns, stride: stride,
            isTransposed: false)
    }

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

    /// The rows of `range`, in place.
    public func rows(_ range: Range<Int>) -> MutableMatrixView {
        requireRange(range, within: rows, "rows")
        return unsafe MutableMatrixView(
            base: base + range.lowerBound * stride, rows: range.count, columns: columns,
            stride: stride)
    }

    /// The columns of `range`, in place.
    public func columns(_ range: Range<Int>) -> MutableMatrixView {
        requireRange(range, within: columns, "columns")
        return unsafe MutableMatrixView(
            base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
    }

    /// Makes every element `value`.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    public func fill(_ value: Element) {
        for row in 0..<rows { unsafe (base + row * stride).update(repeating: value, count: columns) }
    }

    /// Adds the elements of `other`, which lies elsewhere.
    package func add(_ other: MatrixView<Element>) {
        requireSameShape((rows, columns), (other.rows, other.columns), "sum")
        for row in 0..<rows { axpy(1, other.row(row), into: self.row(row)) }
    }

    /// Copies the elements of `source`, which lies elsewhere.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    public func copy(from source: MatrixView<Element>) {
        requireSameShape((rows, columns), (source.rows, source.columns), "copy")
        if source.isTransposed {
            return unsafe Element.rowsTranspose(source.base, columns, rows, source.stride, base, stride)
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
    /// Copies stretches of `count` rows of `source`, which lies elsewhere: each to `distance` rows after the one before.
    ///
    /// - Precondition: `count` is at least 1 and at most `distance`; `source` is as wide, stored by rows and a number of
    ///   whole stretches, of which the last ends within this view.
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

extension MatrixView {
    /// The rows of `range`.
    public func rows(_ range: Range<Int>) -> MatrixView {
        requireRange(range, within: rows, "rows")
        let offset = range.lowerBound * (isTransposed ? 1 : stride)
        return unsafe MatrixView(
            base: base + offset, rows: range.count, columns: columns, stride: stride,
            isTransposed: isTransposed)
    }

    /// The columns of `range`.
    public func columns(_ range: Range<Int>) -> MatrixView { transposed.rows(range).transposed }
}
