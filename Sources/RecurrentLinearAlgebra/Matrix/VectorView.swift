/// A read-only window on `count` numbers, `increment` elements apart. Valid as long as a
/// `MatrixView` of the same owner.
@safe
public struct VectorView<Element: Scalar> {
    let base: UnsafePointer<Element>
    public let count: Int
    public let increment: Int

    /// - Precondition: the memory holds the elements for as long as the view is used.
    @unsafe
    public init(base: UnsafePointer<Element>, count: Int, increment: Int = 1) {
        unsafe self.base = base
        self.count = count
        self.increment = increment
    }

    /// Where the first element stands.
    @unsafe
    public var baseAddress: UnsafePointer<Element> { unsafe base }

    public subscript(index: Int) -> Element {
        requireIndex(index, below: count, "index")
        return unsafe base[index * increment]
    }

    /// The elements of `range` alone.
    package func elements(_ range: Range<Int>) -> VectorView {
        requireRange(range, within: count, "elements")
        return unsafe VectorView(
            base: base + range.lowerBound * increment, count: range.count, increment: increment)
    }
}

/// A writable window on `count` numbers, `increment` elements apart.
@safe
public struct MutableVectorView<Element: Scalar> {
    let base: UnsafeMutablePointer<Element>
    public let count: Int
    public let increment: Int

    /// - Precondition: the memory holds the elements, and nobody else writes it, while the view is
    ///   used.
    @unsafe
    public init(base: UnsafeMutablePointer<Element>, count: Int, increment: Int = 1) {
        unsafe self.base = base
        self.count = count
        self.increment = increment
    }

    /// Where the first element stands.
    @unsafe
    public var baseAddress: UnsafeMutablePointer<Element> { unsafe base }

    /// The same elements, to be read only.
    public var readOnly: VectorView<Element> {
        unsafe VectorView(base: UnsafePointer(base), count: count, increment: increment)
    }

    public subscript(index: Int) -> Element {
        get { readOnly[index] }
        nonmutating set {
            requireIndex(index, below: count, "index")
            unsafe base[index * increment] = newValue
        }
    }

    /// The elements of `range` alone.
    package func elements(_ range: Range<Int>) -> MutableVectorView {
        requireRange(range, within: count, "elements")
        return unsafe MutableVectorView(
            base: base + range.lowerBound * increment, count: range.count, increment: increment)
    }

    /// `rows` × `columns` of the elements, from `offset` on, as a matrix.
    ///
    /// - Precondition: the elements stand next to each other.
    package func matrix(at offset: Int, rows: Int, columns: Int) -> MutableMatrixView<Element> {
        requireTight(increment, 1)
        requireRange(
            offset..<(offset + elementCount(rows: rows, columns: columns)), within: count, "elements")
        return unsafe MutableMatrixView(base: base + offset, rows: rows, columns: columns)
    }
}
