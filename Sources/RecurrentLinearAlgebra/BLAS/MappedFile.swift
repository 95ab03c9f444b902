/// A range of this process's addresses at which a file is mapped, as Linux lists them.
struct MappedFile {
    let addresses: Range<UInt>
    let path: String

    /// Every mapped file, once for each of its ranges; none where the system has no list.
    static var all: [MappedFile] {
        (systemFile("/proc/self/maps") ?? "").split(separator: "\n").compactMap { MappedFile(line: $0) }
    }

    /// The file mapped at `address`, or nil if there is none.
    init?(at address: UInt) {
        guard let file = Self.all.first(where: { $0.addresses.contains(address) }) else { return nil }
        self = file
    }

    /// The file of a line "start-end permissions offset device inode path", with addresses in hexadecimal.
    private init?(line: Substring) {
        guard let slash = line.firstIndex(of: "/"), let end = line.firstIndex(of: " ") else { return nil }
        let bounds = line[..<end].split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard bounds.count == 2, bounds[0] <= bounds[1] else { return nil }
        addresses = bounds[0]..<bounds[1]
        path = String(line[slash...])
    }
}
