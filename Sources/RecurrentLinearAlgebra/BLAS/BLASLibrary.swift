import Synchronization

/// The BLAS library that this process runs on, found out at run time.
///
/// Any CBLAS will do. What only one vendor has, its version and its threads, is looked up by name; what
/// a library does not tell is nil.
public enum BLASLibrary {
    /// The file that the products come from, or nil if the system does not tell.
    public static let file: String? = LoadedSymbol("dgemm_")?.file

    /// Every file in this process that has a BLAS of its own. Files of one folder belong to one library;
    /// more than one folder means that two libraries share the process, each with its own threads.
    public static var files: [String] { LoadedSymbol.files(defining: "dgemm_") }

    /// Vendor, version and build options as the library reports them, or nil if it does not.
    public static let configuration: String? =
        LoadedSymbol("openblas_get_config")?.text()
        ?? LoadedSymbol("bli_info_get_version_str")?.text().map { "BLIS \($0)" }

    /// The processor family whose kernels are in use, or nil if the library does not tell.
    public static let kernel: String? = LoadedSymbol("openblas_get_corename")?.text()

    /// The number of threads that a large product uses now, or nil if the library does not tell.
    public static var threads: Int? { threadControl?.count }

    /// Runs `body` with the library's own threading off, and puts it back afterwards.
    ///
    /// The thread count belongs to the process: other users of BLAS see one thread for the time.
    /// Calls may nest and overlap; the last one to end restores what the first one found. A library
    /// that has no thread count, or does not tell it, is left as it is.
    public static func withSingleThread<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        beginSingleThread()
        defer { endSingleThread() }
        return try body()
    }

    /// The beginning of what `withSingleThread` does, for where a closure is in the way.
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

    /// The end of what `beginSingleThread` began.
    package static func endSingleThread() {
        guard let control = threadControl else { return }
        singleThreaded.withLock { scope in
            scope.depth -= 1
            if scope.depth == 0, scope.threadsBefore != 1 { control.set(scope.threadsBefore) }
        }
    }

    private static let singleThreaded = Mutex((depth: 0, threadsBefore: 1))
    private static let threadControl = ThreadControl()

    /// The largest m·n·k of a product that the library computes in place, or nil if it always copies its
    /// operands into buffers of its own first. For few rows that copy costs as much as the product.
    ///
    /// OpenBLAS has such kernels from 0.3.17 on for processors with AVX-512.
    static let unpackedProductLimit: Int? = {
        guard let version = configuration?.split(separator: " ").dropFirst().first,
            configuration?.hasPrefix("OpenBLAS") == true,
            ["SkylakeX", "Cooperlake", "SapphireRapids"].contains(kernel)
        else { return nil }
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3, !numbers.lexicographicallyPrecedes([0, 3, 17]) else { return nil }
        return 1_000_000
    }()
}

/// A vendor's way to ask for the thread count and to set it.
private struct ThreadControl: Sendable {
    private let read: @Sendable () -> Int
    let set: @Sendable (Int) -> Void
    var count: Int { read() }

    init?() {
        if let get = LoadedSymbol("openblas_get_num_threads"),
            let set = LoadedSymbol("openblas_set_num_threads")
        {
            typealias Get = @convention(c) () -> Int32
            typealias Set = @convention(c) (Int32) -> Void
            let (getCount, setCount) = unsafe (get.function(Get.self), set.function(Set.self))
            read = { Int(getCount()) }
            self.set = { setCount(Int32(clamping: $0)) }
        } else if let get = LoadedSymbol("bli_thread_get_num_threads"),
            let set = LoadedSymbol("bli_thread_set_num_threads")
        {
            typealias Get = @convention(c) () -> Int
            typealias Set = @convention(c) (Int) -> Void
            let (getCount, setCount) = unsafe (get.function(Get.self), set.function(Set.self))
            // BLIS says −1 while nobody has set a count: one thread.
            read = { max(1, getCount()) }
            self.set = { setCount($0) }
        } else {
            return nil
        }
    }
}
