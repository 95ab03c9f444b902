/// Buffer sizes and limits. Speeds are the best of seven runs on one core of an AMD EPYC (1 MiB of L2 cache, 32
/// MiB of L3), Swift 6.3.1, on 29 November 2026.
enum Tuning {
    /// The number of bytes that are read at once. Larger pieces cost memory, smaller ones more calls and more
    /// records that a piece cuts. CSV, quoted CSV and text in MB/s: 264, 423 and 437 with 16 KB; 271, 430 and 444
    /// with 64 KB; 274, 431 and 446 with 256 KB; 275, 433 and 448 with 1 MB.
    static let readSize = 1 << 18

    /// The number of tokens that are read at once if all of a file's are wanted; the same trade-off.
    static let windowTokens = 1 << 16

    /// The greatest number of bytes of a CSV record. It bounds the memory for a quote that is never closed.
    static let recordBytes = 1 << 24

    /// The greatest number of columns of a table. It bounds the memory for a file that is no table.
    static let columns = 1 << 20

    /// The greatest number of bytes of a word. A longer one is no word but DNA, for instance, or a script without
    /// blanks, and would have to be held in memory.
    static let wordBytes = 1 << 16

    /// The greatest number of different symbols that are counted. A text with more has no vocabulary of use, and
    /// would fill the memory.
    static let distinctSymbols = 1 << 24

    /// The greatest length of the header of a safetensors file, that of the reference implementation.
    static let safetensorsHeaderBytes: UInt64 = 100_000_000

    /// The greatest length of the header of a `.npy` file, that of `numpy.load`.
    static let numPyHeaderBytes = 10_000

    /// The greatest number of dimensions of an array, that of NumPy 2.
    static let numPyDimensions = 64
}
