import Foundation

/// One of the user's files that a run was begun with, and the checksum by which it is recognised.
package struct DataFile: Codable, Equatable, Sendable {
    let path: String
    /// FNV-1a of its bytes, 64 bits in hexadecimal; nil for a pipe or device, which can be read only once.
    let checksum: String?

    /// - Throws: `CommandFailure` if it cannot be read.
    package init(_ path: String) throws {
        self.path = path
        var status = stat()
        let isFile = unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        checksum = isFile ? try Self.checksum(path) : nil
    }

    private static func checksum(_ path: String) throws -> String {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw CommandFailure("\(path): the file cannot be read; check its permissions")
        }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            for byte in piece { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        return String(hash, radix: 16)
    }

    /// - Throws: `CommandFailure` if the file has changed or is missing.
    package func requireUnchanged() throws {
        guard let checksum else {
            throw CommandFailure(
                "the data of the run were read from '\(path)', which can be read only once; give them with --data"
            )
        }
        let now = try DataFile(path)
        guard now.checksum != nil else {
            throw CommandFailure(
                "\(path): this file of the run is missing; run the command where the run was begun, or give a file with --data"
            )
        }
        guard now.checksum == checksum else {
            throw CommandFailure(
                "\(path): this file has changed since the run was begun; give it with --data, or train again")
        }
    }
}
