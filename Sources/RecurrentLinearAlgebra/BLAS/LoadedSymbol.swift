#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A C function that some library in this process may have, looked up by its name at run time.
@safe
struct LoadedSymbol {
    private let address: UnsafeMutableRawPointer

    /// nil if no library of the process has it.
    init?(_ name: String) {
        guard let process = unsafe dlopen(nil, RTLD_LAZY) else { return nil }
        defer { unsafe dlclose(process) }
        guard let address = unsafe dlsym(process, name) else { return nil }
        unsafe self.address = address
    }

    /// The file that the function was loaded from, or nil where the system does not tell.
    var file: String? { unsafe MappedFile(at: UInt(bitPattern: address))?.path }

    /// The function, to be called.
    ///
    /// - Precondition: `type` is a C function type and the function's own.
    @unsafe
    func function<Function>(_ type: Function.Type) -> Function {
        unsafe unsafeBitCast(address, to: type)
    }

    /// What the function returns, for one that takes nothing and returns a C string.
    func text() -> String? {
        typealias GetText = @convention(c) () -> UnsafePointer<CChar>?
        return unsafe function(GetText.self)().map { unsafe String(cString: $0) }
    }

    /// Every file mapped into this process that defines `name` itself; none where the system has no
    /// list of them.
    static func files(defining name: String) -> [String] {
        Set(MappedFile.all.map(\.path)).filter { $0.contains(".so") }.filter { path in
            guard let library = unsafe dlopen(path, RTLD_LAZY | RTLD_NOLOAD) else { return false }
            defer { unsafe dlclose(library) }
            guard let address = unsafe dlsym(library, name) else { return false }
            return MappedFile(at: UInt(bitPattern: address))?.path == path
        }.sorted()
    }
}

/// A stretch of this process's memory that shows a file, as Linux lists them.
private struct MappedFile {
    let addresses: Range<UInt>
    let path: String

    static var all: [MappedFile] {
        (systemFile("/proc/self/maps") ?? "").split(separator: "\n").compactMap { MappedFile(line: $0) }
    }

    init?(at address: UInt) {
        guard let file = Self.all.first(where: { $0.addresses.contains(address) }) else { return nil }
        self = file
    }

    /// "start-end permissions offset device inode path", addresses in hexadecimal.
    private init?(line: Substring) {
        guard let slash = line.firstIndex(of: "/"), let end = line.firstIndex(of: " ") else { return nil }
        let bounds = line[..<end].split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard bounds.count == 2, bounds[0] <= bounds[1] else { return nil }
        addresses = bounds[0]..<bounds[1]
        path = String(line[slash...])
    }
}
