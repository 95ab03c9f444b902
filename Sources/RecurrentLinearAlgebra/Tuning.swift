/// The tuning constants of linear algebra: each with its value and what it trades.
///
/// All were measured on a 2-core AMD EPYC (Zen 4 with AVX-512, 32 KiB of first and 1 MiB of second cache a core)
/// with OpenBLAS 0.3.21, last in November 2026. Those that cut a product decide the order in which its terms are
/// added, and so its last bits.
enum Tuning {
    // MARK: Products that the library computes in place

    /// The largest m·n·k of a product that OpenBLAS, where it has kernels for it, computes without copying its
    /// operands into buffers first. The limit is OpenBLAS's own; with few rows the copies cost as much as the
    /// product.
    static var unpackedProductLimit: Int { 1_000_000 }

    /// The most bytes of a matrix that a single row is multiplied by as a product: the size of the first cache.
    /// In the cache the kernels for small products are faster than gemv, beyond it slower.
    static var singleRowProductBytes: Int { 32_768 }

    /// The multiple to which the rows and terms of such a product are rounded down, and the fewest there are: a
    /// register of doubles. Smaller multiples come closer to the limit but leave registers half empty.
    static var rowMultiple: Int { 8 }

    /// The largest multiple of `rowMultiple` up to `limit`, and at least one.
    static func rows(below limit: Int) -> Int { max(rowMultiple, limit & ~(rowMultiple - 1)) }

    // MARK: Matrices in panels

    /// The bytes of a row of a panel: four registers of AVX-512. Wider panels leave fewer rows below the limit of a
    /// product in place; narrower ones read A more often.
    static var panelBytes: Int { 256 }

    /// The columns of a panel that workers may share where the library needs no panels, and the terms of a panel of a
    /// single row's product. More make a product more efficient; fewer let more workers share it.
    static var sharedPanelColumns: Int { 128 }

    /// The most terms that one product with a panel adds up. More leave fewer rows below the limit; fewer read and
    /// write C more often.
    static var panelDepth: Int { 512 }

    // MARK: Accumulated products of many rows

    /// The elements of C from which C + Aᵀ B is a single call: 1 MiB of floats, the second cache. A larger C is out
    /// of the cache whenever the next rows of A and B come, and reading it again costs more than copying operands.
    static var uncachedElements: Int { 1 << 18 }

    /// The most rows of C that one product writes. More leave fewer terms below the limit; fewer read B more often.
    static var tileHeight: Int { 128 }

    /// The most bytes of a row of C that one product writes; the trade is that of `panelBytes`.
    static var tileBytes: Int { 256 }

    /// The most terms that one product adds. More take the cache from C; fewer read and write C more often.
    static var tileDepth: Int { 128 }

    // MARK: Memory

    /// The bytes of a large page. A buffer of two or more is aligned to one and asks the system for large pages:
    /// fewer walks through the page tables, at the price of up to a page that is never used.
    static var hugePageBytes: Int { 2 << 20 }

    // MARK: Workers

    /// The looks for items after which a worker sleeps: some 100 µs. More save waking it between two passes of a training
    /// step; fewer free the processor for others.
    static var looksBeforeSleep: Int { 1500 }

    /// The pauses of some 15 nanoseconds between two looks for items. More disturb those less who hand items out; fewer
    /// notice an item sooner.
    static var pausesPerLook: Int { 4 }

    /// The looks of some ten nanoseconds each for which a thread waits for others at work, before it naps between two
    /// looks: some 50 µs. More meet sooner; fewer free the processor sooner.
    static var looksBeforeNaps: Int { 4000 }

    /// The same where threads outnumber processors: those that it waits for may need the one it has.
    static var looksOfCrowds: Int { 100 }

    /// The nanoseconds of a nap, to which the system adds some 50,000. Fewer end the wait sooner.
    static var napNanoseconds: Int { 20_000 }

    /// The atomic integers that take two lines of the cache, which the processor may fetch together: those that
    /// different threads write stand so far apart.
    static var atomicsPerLine: Int { 16 }
}
