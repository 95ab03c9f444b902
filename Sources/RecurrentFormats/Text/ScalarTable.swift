/// A number for each of some Unicode scalars: a table of pages of 256 scalars, allocated as they are used.
struct ScalarTable: Sendable {
    /// The index of each page in `entries`, in pages; 0 is the page of scalars without a number.
    private var pages: [UInt16]
    private var entries: [Int32]

    init() {
        // The page of ASCII always exists.
        pages = [1] + repeatElement(0, count: 0x10FF)
        entries = [Int32](repeating: -1, count: 512)
    }

    /// The number of an ASCII character, or −1.
    @inline(__always)
    func number(ofASCII byte: UInt8) -> Int32 { entries[0x100 | Int(byte)] }

    /// The number of a scalar, or −1.
    ///
    /// - Precondition: `scalar` is at most U+10FFFF.
    subscript(scalar: UInt32) -> Int32 {
        @inline(__always) get {
            entries[Int(pages[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)]
        }
        set {
            let page = Int(scalar >> 8)
            if pages[page] == 0 {
                pages[page] = UInt16(entries.count >> 8)
                entries += repeatElement(-1, count: 256)
            }
            entries[Int(pages[page]) << 8 | Int(scalar & 0xFF)] = newValue
        }
    }
}
