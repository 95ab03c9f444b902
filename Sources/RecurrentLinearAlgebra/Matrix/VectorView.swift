/// A read-only view of `count` numbers, `increment` elements apart. Valid for as long as a `MatrixView` of the
/// same owner.
@safe
public struct VectorView<Element: Scalar> {
    let base: UnsafePointer<Element>
    public let count: Int
    /// The number of elements from one of the vector to the next.
    public let increment: Int

    /// A view of `count` elements, the first at `base`.
    ///
    /// - Precondition: the memory holds them while the view is used.
    @unsafe
    public init(base: UnsafePointer<Element>, count: Int, increment: Int = 1) {
        unsafe self.base = base
        self.count = count
        self.increment = increment
    }

    /// The address of the first element.
    @unsafe
    public var baseAddress: UnsafePointer<Element> { unsafe base }

    /// The element at `index`.
    public subscript(index: Int) -> Element {
        requireIndex(index, below: count, "index")
        return unsafe base[index * increment]
    }

    /// The elements of `range`.
    package func elements(_ range: Range<Int>) -> VectorView {
        requireRange(range, within: count, "elements")
        return unsafe VectorView(
            base: base + range.lowerBound * increment, count: range.count, increment: increment)
    }
}
