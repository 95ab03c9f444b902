#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Memory for `count` elements, aligned to 64 bytes (a cache line, and an AVX-512 register),
/// large ones to a large page, and filled with zeros. The one place where the package allocates memory for numbers.
///
/// The buffer has no value semantics: whoever holds it shares it. `Matrix` adds copy-on-write.
@safe
package final class AlignedBuffer<Element: Scalar>: @unchecked Sendable {
    // Unchecked: the class itself guards nothing. Holders that are Sendable (`Matrix`,
    // `Parameters`) write only while they hold the single reference, so a buffer that two tasks can
    // reach is never written.
    private static var hugePage: Int { 2 << 20 }

    package let count: Int
    package let pointer: UnsafeMutablePointer<Element>

    package init(count: Int) {
        requireAddressable(count, of: Element.self)
        self.count = count
        let bytes = count * MemoryLayout<Element>.stride
        let isLarge = bytes >= 2 * Self.hugePage
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: max(bytes, 1), alignment: isLarge ? Self.hugePage : 64)
        #if os(Linux)
            // Large pages save the walk through the page tables; refused, nothing is lost.
            if isLarge { unsafe madvise(raw, bytes, MADV_HUGEPAGE) }
        #endif
        unsafe pointer = raw.bindMemory(to: Element.self, capacity: count)
        // Zeros of both types are bytes of zeros.
        unsafe memset(raw, 0, bytes)
    }

    package convenience init(copying other: AlignedBuffer) {
        self.init(count: other.count)
        unsafe pointer.update(from: other.pointer, count: count)
    }

    /// A window on `rows` × `columns` elements from `offset` on; valid while the buffer lives.
    package func view(at offset: Int = 0, rows: Int, columns: Int) -> MutableMatrixView<Element> {
        requireRange(
            offset..<(offset + elementCount(rows: rows, columns: columns)), within: count, "elements")
        return unsafe MutableMatrixView(base: pointer + offset, rows: rows, columns: columns)
    }

    /// A window on all elements; valid while the buffer lives.
    package var vector: MutableVectorView<Element> {
        unsafe MutableVectorView(base: pointer, count: count)
    }

    /// A copy of the elements.
    package var elements: [Element] {
        unsafe Array(UnsafeBufferPointer(start: pointer, count: count))
    }

    deinit {
        unsafe UnsafeMutableRawPointer(pointer).deallocate()
    }
}
