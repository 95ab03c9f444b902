import RecurrentLinearAlgebra

/// Memory that is given out matrix by matrix, and all of it anew for the next block of sequences.
///
/// A workspace without room counts the elements that it would have given out. So the memory that a block takes is known
/// before there is any, from the same lines that allocate it.
final class Workspace<S: Scalar> {
    /// A matrix in the workspace. Its rows are handed out as views, which are valid until the workspace is emptied.
    struct Allocation {
        private let buffer: AlignedBuffer<S>
        private let offset: Int
        let rows: Int
        let columns: Int

        fileprivate init(_ buffer: AlignedBuffer<S>, offset: Int, rows: Int, columns: Int) {
            (self.buffer, self.offset, self.rows, self.columns) = (buffer, offset, rows, columns)
        }

        /// No rows.
        init() { self.init(AlignedBuffer(count: 0), offset: 0, rows: 0, columns: 0) }

        /// Some of the rows.
        subscript(_ range: Range<Int>) -> MutableMatrixView<S> {
            assert(range.lowerBound >= 0 && range.upperBound <= rows, "rows outside of an allocation")
            return buffer.view(at: offset + range.lowerBound * columns, rows: range.count, columns: columns)
        }

        /// The first rows.
        func first(_ count: Int) -> MutableMatrixView<S> { self[0..<count] }
    }

    private var buffer = AlignedBuffer<S>(count: 0)
    /// The elements given out since the workspace was emptied.
    private(set) var count = 0

    /// Frees all allocations, and makes room for at least this number of elements.
    func empty(room: Int = 0) {
        if buffer.count < room { buffer = AlignedBuffer(count: room) }
        count = 0
    }

    /// A matrix that begins on a cache line; its elements have any value.
    func allocate(rows: Int, columns: Int) -> Allocation {
        let offset = count
        let line = 64 / MemoryLayout<S>.stride
        count += (rows * columns + line - 1) / line * line
        return Allocation(buffer, offset: offset, rows: rows, columns: columns)
    }
}
