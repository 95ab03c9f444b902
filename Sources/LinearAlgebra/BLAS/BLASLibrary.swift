#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import Synchronization

/// The BLAS library that this process runs on, found out at run time.
///
/// OpenBLAS has names of its own for its version and threads. They are looked up by name, so that
/// any other CBLAS may stand in its place; what it does not tell is then nil.
public enum BLASLibrary {
    /// Vendor, version and build options as the library reports them, or nil if it does not.
    public static var configuration: String? { text("openblas_get_config") }

    /// The processor family whose kernels are in use, or nil if the library does not tell.
    public static var kernel: String? { text("openblas_get_corename") }

    /// The number of threads that a large product uses now, or nil if the library does not tell.
    public static var threads: Int? { threadControl.map { Int($0.get()) } }

    /// Runs `body` with the library's own threading off, and puts it back afterwards.
    ///
    /// The thread count belongs to the process: other users of BLAS see one thread for the time.
    /// Calls may nest and overlap; the last one to end restores what the first one found.
    public static func withSingleThread<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        guard let control = threadControl else { return try body() }
        singleThreaded.withLock { scope in
            if scope.depth == 0 {
                scope.threadsBefore = control.get()
                if scope.threadsBefore != 1 { control.set(1) }
            }
            scope.depth += 1
        }
        defer {
            singleThreaded.withLock { scope in
                scope.depth -= 1
                if scope.depth == 0, scope.threadsBefore != 1 { control.set(scope.threadsBefore) }
            }
        }
        return try body()
    }

    private static let singleThreaded = Mutex((depth: 0, threadsBefore: Int32(1)))

    private typealias GetThreads = @convention(c) () -> Int32
    private typealias SetThreads = @convention(c) (Int32) -> Void
    private static let threadControl: (get: GetThreads, set: SetThreads)? = {
        guard let get = unsafe symbol("openblas_get_num_threads"),
            let set = unsafe symbol("openblas_set_num_threads")
        else { return nil }
        return unsafe (
            get: unsafeBitCast(get, to: GetThreads.self), set: unsafeBitCast(set, to: SetThreads.self)
        )
    }()

    private static func text(_ name: String) -> String? {
        typealias GetText = @convention(c) () -> UnsafePointer<CChar>?
        guard let function = unsafe symbol(name),
            let text = unsafe unsafeBitCast(function, to: GetText.self)()
        else { return nil }
        return unsafe String(cString: text)
    }

    /// The address of a function anywhere in this process, or nil.
    @unsafe
    private static func symbol(_ name: String) -> UnsafeMutableRawPointer? {
        guard let process = unsafe dlopen(nil, RTLD_LAZY) else { return nil }
        defer { unsafe dlclose(process) }
        return unsafe dlsym(process, name)
    }
}
