/// A row-major matrix of `Float` or `Double` that owns its memory, aligned to 64 bytes.
///
/// A value type with copy-on-write. Products and elementwise functions work on views, which `withView` and
/// `withMutableView` provide.
public struct Matrix<Element: Scalar>: Sendable {
    public let rows: Int
    public let columns: Int
    private var storage: AlignedBuffer<Element>

    /// A matrix of zeros.
    ///
    /// - Precondition: neither size is negative, and the number of bytes fits into an `Int`.
    public init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        storage = AlignedBuffer(count: elementCount(rows: rows, columns: columns))
    }

    /// A matrix whose element (r, c) is `element(r, c)`.
    public init(rows: Int, columns: Int, element: (_ row: Int, _ column: Int) -> Element) {
        self.init(rows: rows, columns: columns)
        for row in 0..<rows {
            for column in 0..<columns {
                unsafe storage.pointer[row * columns + column] = element(row, column)
            }
        }
    }

    /// The matrix with these rows.
    ///
    /// - Precondition: all rows have the same length.
    public init(_ rows: [[Element]]) {
        let columns = rows.first?.count ?? 0
        for (index, row) in rows.enumerated() { requireRowLength(row.count, columns, row: index) }
        self.init(rows: rows.count, columns: columns) { rows[$0][$1] }
    }

    /// The n × n identity.
    public static func identity(_ n: Int) -> Matrix {
        Matrix(rows: n, columns: n) { $0 == $1 ? 1 : 0 }
    }

    /// A matrix with the elements of a view. Cost: one copy.
    public init(_ view: MatrixView<Element>) {
        self.init(rows: view.rows, columns: view.columns)
        withMutableView { $0.copy(from: view) }
    }

    /// The element in row `row` and column `column`.
    public subscript(row: Int, column: Int) -> Element {
        get { withView { $0[row, column] } }
        set { withMutableView { $0[row, column] = newValue } }
    }

    /// Calls `body` with a view of this matrix, valid inside `body` only.
    public func withView<R, E: Error>(_ body: (MatrixView<Element>) throws(E) -> R) throws(E) -> R {
        try body(unsafe MatrixView(base: storage.pointer, rows: rows, columns: columns))
    }

    /// Calls `body` with a writable view of this matrix, valid inside `body` only.
    public mutating func withMutableView<R, E: Error>(
        _ body: (MutableMatrixView<Element>) throws(E) -> R
    ) throws(E) -> R {
        if !isKnownUniquelyReferenced(&storage) { storage = AlignedBuffer(copying: storage) }
        return try body(unsafe MutableMatrixView(base: storage.pointer, rows: rows, columns: columns))
    }

    /// All elements, row after row.
    public var elements: [Element] {
        unsafe Array(UnsafeBufferPointer(start: storage.pointer, count: storage.count))
    }

    /// The rows as arrays.
    public var rowArrays: [[Element]] {
        (0..<rows).map { row in (0..<columns).map { unsafe storage.pointer[row * columns + $0] } }
    }
}

extension Matrix: Equatable {
    /// True if both have the same shape and equal elements. As for numbers, NaN equals nothing and −0 equals 0.
    public static func == (left: Matrix, right: Matrix) -> Bool {
        left.rows == right.rows && left.columns == right.columns && left.elements == right.elements
    }
}

extension Matrix: ExpressibleByArrayLiteral {
    /// A matrix written as rows: `[[1, 2], [3, 4]]`.
    ///
    /// - Precondition: all rows have the same length.
    public init(arrayLiteral rows: [Element]...) { self.init(rows) }
}

extension Matrix: CustomStringConvertible {
    public var description: String {
        rowArrays.map { "[" + $0.map(\.description).joined(separator: ", ") + "]" }
            .joined(separator: "\n")
    }
}
