#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A C function of a library in this process, looked up by name at run time.
@safe
struct LoadedSymbol {
    private let address: UnsafeMutableRawPointer

    /// The function called `name`, or nil if no library of the process has one.
    init?(_ name: String) {
        guard let process = unsafe dlopen(nil, RTLD_LAZY) else { return nil }
        defer { unsafe dlclose(process) }
        guard let address = unsafe dlsym(process, name) else { return nil }
        unsafe self.address = address
    }

    /// The file that the function was loaded from, or nil if the system does not tell.
    var file: String? { unsafe MappedFile(at: UInt(bitPattern: address))?.path }

    /// The function as a Swift value.
    ///
    /// - Precondition: `type` is the C type of the function.
    @unsafe
    func function<Function>(_ type: Function.Type) -> Function {
        unsafe unsafeBitCast(address, to: type)
    }

    /// The result of the function, which takes no arguments and returns a C string.
    func text() -> String? {
        typealias GetText = @convention(c) () -> UnsafePointer<CChar>?
        return unsafe function(GetText.self)().map { unsafe String(cString: $0) }
    }

    /// The files mapped into this process that define `name` themselves; none where the system has no list.
    static func files(defining name: String) -> [String] {
        Set(MappedFile.all.map(\.path)).filter { $0.contains(".so") }.filter { path in
            guard let library = unsafe dlopen(path, RTLD_LAZY | RTLD_NOLOAD) else { return false }
            defer { unsafe dlclose(library) }
            guard let address = unsafe dlsym(library, name) else { return false }
            return MappedFile(at: UInt(bitPattern: address))?.path == path
        }.sorted()
    }
}
