/// A writable view of `count` numbers, `increment` elements apart.
@safe
public struct MutableVectorView<Element: Scalar> {
    let base: UnsafeMutablePointer<Element>
    public let count: Int
    /// The number of elements from one of the vector to the next.
    public let increment: Int

    /// A view of `count` elements, the first at `base`.
    ///
    /// - Precondition: while the view is used, the memory holds them and nothing else writes them.
    @unsafe
    public init(base: UnsafeMutablePointer<Element>, count: Int, increment: Int = 1) {
        unsafe self.base = base
        self.count = count
        self.increment = increment
    }

    /// The address of the first element.
    @unsafe
    public var baseAddress: UnsafeMutablePointer<Element> { unsafe base }

    /// A read-only view of the same elements.
    public var readOnly: VectorView<Element> {
        unsafe VectorView(base: UnsafePointer(base), count: count, increment: increment)
    }

    /// The element at `index`.
    public subscript(index: Int) -> Element {
        get { readOnly[index] }
        nonmutating set {
            requireIndex(index, below: count, "index")
            unsafe base[index * increment] = newValue
        }
    }

    /// The elements of `range`.
    package func elements(_ range: Range<Int>) -> MutableVectorView {
        requireRange(range, within: count, "elements")
        return unsafe MutableVectorView(
            base: base + range.lowerBound * increment, count: range.count, increment: increment)
    }

    /// `rows` × `columns` of the elements, beginning at `offset`, as a matrix.
    ///
    /// - Precondition: the increment is 1.
    package func matrix(at offset: Int, rows: Int, columns: Int) -> MutableMatrixView<Element> {
        requireTight(increment, 1)
        requireRange(
            offset..<(offset + elementCount(rows: rows, columns: columns)), within: count, "elements")
        return unsafe MutableMatrixView(base: base + offset, rows: rows, columns: columns)
    }
}
