/// A read-only view of a row-major matrix that something else owns: `rows` × `columns` elements, with consecutive
/// rows `stride` elements apart (the leading dimension).
///
/// `transposed` is a view of the same memory with rows and columns exchanged, which products take at no cost. A
/// view is valid only inside the closure that receives it, or while its owner lives and is not written; it must
/// not be kept.
@safe
public struct MatrixView<Element: Scalar> {
    @usableFromInline let base: UnsafePointer<Element>
    public let rows: Int
    public let columns: Int
    /// The number of elements from the start of one stored row to the next; at least 1 and the row's width.
    public let stride: Int
    /// True if the stored rows are this view's columns.
    public let isTransposed: Bool

    /// A view of `rows` × `columns` elements at `base`.
    ///
    /// - Precondition: the memory holds them while the view is used.
    @unsafe
    public init(base: UnsafePointer<Element>, rows: Int, columns: Int, stride: Int? = nil) {
        unsafe self.init(
            base: base, rows: rows, columns: columns, stride: stride ?? max(columns, 1),
            isTransposed: false)
        requireStride(self.stride, holds: columns)
    }

    @unsafe
    @inlinable
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

    /// The element in row `row` and column `column`.
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
