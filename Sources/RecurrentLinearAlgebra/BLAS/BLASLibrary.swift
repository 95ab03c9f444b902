import Synchronization

/// The BLAS library of this process, as found at run time.
///
/// Any CBLAS works. Properties that only some vendors report are nil for the others.
public enum BLASLibrary {
    /// The file that contains the products, or nil if the system does not tell.
    public static let file: String? = LoadedSymbol("dgemm_")?.file

    /// The files in this process that contain a BLAS. Files of one folder belong to one library; more than one
    /// folder means that two libraries share the process, each with its own threads.
    public static var files: [String] { LoadedSymbol.files(defining: "dgemm_") }

    /// Vendor, version and build options as the library reports them, or nil if it does not.
    public static let configuration: String? =
        LoadedSymbol("openblas_get_config")?.text()
        ?? LoadedSymbol("bli_info_get_version_str")?.text().map { "BLIS \($0)" }

    /// The processor family whose kernels are in use, or nil if the library does not tell.
    public static let kernel: String? = LoadedSymbol("openblas_get_corename")?.text()

    /// The number of threads that a large product uses now, or nil if the library does not tell.
    public static var threads: Int? { threadControl?.count }

    /// Runs `body` with the library's own threads switched off, and restores their number afterwards.
    ///
    /// The number belongs to the process: meanwhile, other users of BLAS have one thread as well. Calls may nest
    /// and overlap; the last to end restores the number that the first one found. A library that does not let its
    /// threads be set is left alone.
    public static func withSingleThread<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        beginSingleThread()
        defer { endSingleThread() }
        return try body()
    }

    /// Switches the library's threads off until `endSingleThread`, for callers that cannot use a closure.
    package static func beginSingleThread() {
        guard let control = threadControl else { return }
        singleThreaded.withLock { scope in
            if scope.depth == 0 {
                scope.threadsBefore = control.count
                if scope.threadsBefore != 1 { control.set(1) }
            }
            scope.depth += 1
        }
    }

    /// Ends what `beginSingleThread` began; the last call restores the number of threads.
    package static func endSingleThread() {
        guard let control = threadControl else { return }
        singleThreaded.withLock { scope in
            scope.depth -= 1
            if scope.depth == 0, scope.threadsBefore != 1 { control.set(scope.threadsBefore) }
        }
    }

    private static let singleThreaded = Mutex((depth: 0, threadsBefore: 1))
    private static let threadControl = ThreadControl()

    /// The largest m·n·k of a product that the library computes in place, or nil if it always copies its operands
    /// into buffers first.
    ///
    /// OpenBLAS has such kernels since 0.3.17 for processors with AVX-512.
    static let unpackedProductLimit: Int? = {
        guard let version = configuration?.split(separator: " ").dropFirst().first,
            configuration?.hasPrefix("OpenBLAS") == true,
            ["SkylakeX", "Cooperlake", "SapphireRapids"].contains(kernel)
        else { return nil }
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3, !numbers.lexicographicallyPrecedes([0, 3, 17]) else { return nil }
        return Tuning.unpackedProductLimit
    }()
}
