import RecurrentLinearAlgebra

/// Memory that is given out piece by piece, and all of it anew for the next block of sequences.
///
/// A workspace without room counts what it would have given out. What a block takes is therefore known before there is
/// memory for it, from the same lines that take it.
final class Workspace<S: Scalar> {
    /// A stretch of the memory, as matrices. Valid until the workspace begins anew.
    struct Piece {
        private let buffer: AlignedBuffer<S>
        private let elements: Range<Int>

        fileprivate init(_ buffer: AlignedBuffer<S>, _ elements: Range<Int>) {
            (self.buffer, self.elements) = (buffer, elements)
        }

        /// No memory.
        init() { self.init(AlignedBuffer(count: 0), 0..<0) }

        /// `rows` × `columns` numbers from `offset` on.
        func view(at offset: Int = 0, rows: Int, columns: Int) -> MutableMatrixView<S> {
            assert(offset + rows * columns <= elements.count, "a matrix larger than its piece of memory")
            return buffer.view(at: elements.lowerBound + offset, rows: rows, columns: columns)
        }
    }

    private var buffer = AlignedBuffer<S>(count: 0)
    /// The elements given out since the workspace began anew.
    private(set) var taken = 0

    /// Begins anew, with room for so many elements at least.
    func begin(room: Int = 0) {
        if buffer.count < room { buffer = AlignedBuffer(count: room) }
        taken = 0
    }

    /// A piece of so many elements, at the beginning of a cache line; what it holds is left to chance.
    func take(_ count: Int) -> Piece {
        let first = taken
        let line = 64 / MemoryLayout<S>.stride
        taken += (count + line - 1) / line * line
        return Piece(buffer, first..<first + count)
    }
}

/// The memory of a block of sequences.
struct BlockMemory<S: Scalar> {
    /// For what is asked of a pass when it is over.
    let kept: Workspace<S>
    /// For what is needed while the block is worked; of several blocks that are worked one after the other the same.
    let passing: Workspace<S>
}
