#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Memory for `count` elements, filled with zeros and aligned to 64 bytes (a cache line, and an AVX-512
/// register), or to a large page if it is large. All memory for numbers is allocated here.
///
/// The buffer is shared by all who hold it; `Matrix` adds copy-on-write.
@safe
package final class AlignedBuffer<Element: Scalar>: @unchecked Sendable {
    // Unchecked: the class itself guards nothing. Sendable types that hold one (`Matrix`, `Parameters`) write only
    // while they hold the single reference, so a buffer that two tasks can reach is never written.

    package let count: Int
    package let pointer: UnsafeMutablePointer<Element>

    package init(count: Int) {
        requireAddressable(count, of: Element.self)
        self.count = count
        let bytes = count * MemoryLayout<Element>.stride
        let isLarge = bytes >= 2 * Tuning.hugePageBytes
        var allocated: UnsafeMutableRawPointer?
        let status = unsafe posix_memalign(&allocated, isLarge ? Tuning.hugePageBytes : 64, max(bytes, 1))
        guard status == 0, let raw = unsafe allocated else {
            unreachable("there is no memory for \(bytes) bytes")
        }
        #if os(Linux)
            // A request that the system may refuse without harm.
            if isLarge { unsafe madvise(raw, bytes, MADV_HUGEPAGE) }
        #endif
        unsafe pointer = raw.bindMemory(to: Element.self, capacity: count)
        // In both types the bytes of 0 are zeros.
        unsafe memset(raw, 0, bytes)
    }

    package convenience init(copying other: AlignedBuffer) {
        self.init(count: other.count)
        unsafe pointer.update(from: other.pointer, count: count)
    }

    /// `rows` × `columns` elements, beginning at `offset`, as a matrix; valid while the buffer lives.
    package func view(at offset: Int = 0, rows: Int, columns: Int) -> MutableMatrixView<Element> {
        requireRange(
            offset..<(offset + elementCount(rows: rows, columns: columns)), within: count, "elements")
        return unsafe MutableMatrixView(base: pointer + offset, rows: rows, columns: columns)
    }

    /// All elements as a vector; valid while the buffer lives.
    package var vector: MutableVectorView<Element> {
        unsafe MutableVectorView(base: pointer, count: count)
    }

    /// A copy of the elements.
    package var elements: [Element] {
        unsafe Array(UnsafeBufferPointer(start: pointer, count: count))
    }

    deinit {
        unsafe free(pointer)
    }
}
