import Foundation

/// A folder that one run of training keeps its checkpoints in: the last few of them, each written whole or not at all,
/// with a checksum. Held by one process at a time; a process that dies lets it go.
public final class CheckpointFolder: @unchecked Sendable {
    // Unchecked: all stored properties are constants, and the lock's file descriptor is only closed in deinit.
    public let path: String
    /// How many checkpoints are kept.
    public let keep: Int
    private let lock: Int32

    /// Opens a folder, and creates it if it is not there.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - keep: how many checkpoints are kept; 3 by default.
    /// - Throws: `FileError` if it cannot be created or written to, or if another process has it open.
    /// - Precondition: `keep` is at least 1.
    public init(_ path: String, keep: Int = 3) throws(FileError) {
        precondition(keep >= 1, "at least one checkpoint must be kept, not \(keep)")
        self.path = path
        self.keep = keep
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        } catch {
            throw FileError(
                path: path, problem: "the folder cannot be created; check the path and its permissions")
        }
        lock = unsafe open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard lock >= 0 else {
            throw FileError(path: path, problem: "the folder cannot be written to; check its permissions")
        }
        // A process that is just ending, or a child that is just being started, may hold it for a moment.
        var attempts = 0
        while flock(lock, LOCK_EX | LOCK_NB) != 0, attempts < 50 {
            usleep(10_000)
            attempts += 1
        }
        guard attempts < 50 else {
            close(lock)
            throw FileError(
                path: path,
                problem: "another process trains into this folder; wait for it, or give another folder")
        }
    }

    deinit { close(lock) }

    /// Writes the checkpoint of a step, and removes those that are too many then.
    ///
    /// - Returns: its path.
    /// - Throws: `FileError`; the checkpoints before it are intact.
    func write(_ checkpoint: Safetensors, step: Int) throws(FileError) -> String {
        var checkpoint = checkpoint
        checkpoint.metadata[Self.checksumKey] = checkpoint.checksum
        let number = String(step)
        let name = "checkpoint-" + String(repeating: "0", count: max(0, 12 - number.count)) + number
        let file = "\(path)/\(name).safetensors"
        try checkpoint.write(to: file)
        for old in files.dropFirst(keep) { try? FileManager.default.removeItem(atPath: old) }
        return file
    }

    /// The newest checkpoint that is whole, and what is wrong with newer ones.
    var latest: (checkpoint: Safetensors?, path: String?, damaged: [FileError]) {
        var damaged: [FileError] = []
        for file in files {
            do throws(FileError) {
                let checkpoint = try Safetensors(contentsOf: file)
                guard checkpoint.metadata[Self.checksumKey] == checkpoint.checksum else {
                    throw FileError(
                        path: file, problem: "the checkpoint is damaged: its checksum does not match")
                }
                return (checkpoint, file, damaged)
            } catch {
                damaged.append(error)
            }
        }
        return (nil, nil, damaged)
    }

    static let checksumKey = "trainer.checksum"

    /// The checkpoints' paths, the newest first.
    private var files: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasPrefix("checkpoint-") && $0.hasSuffix(".safetensors") }
            .sorted(by: >).map { "\(path)/\($0)" }
    }
}

extension Safetensors {
    /// A number that changes with every change of a tensor or of the metadata, its own entry left aside.
    var checksum: String {
        var sum = Checksum()
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where key != CheckpointFolder.checksumKey
        {
            sum.add(Data(key.utf8))
            sum.add(Data(value.utf8))
        }
        for tensor in tensors.sorted(by: { $0.name < $1.name }) {
            sum.add(Data("\(tensor.name) \(tensor.type.rawValue) \(tensor.shape)".utf8))
            sum.add(tensor.bytes)
        }
        return String(sum.state, radix: 16)
    }
}

/// SplitMix64's finaliser, over the words of what is added one after the other. Finds damage, not forgery.
private struct Checksum {
    private(set) var state: UInt64 = 0

    mutating func add(_ data: Data) {
        add(UInt64(data.count))
        unsafe data.withUnsafeBytes { bytes in
            let whole = bytes.count & ~7
            for offset in stride(from: 0, to: whole, by: 8) {
                add(unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            }
            var last: UInt64 = 0
            for offset in whole..<bytes.count { last = last << 8 | UInt64(unsafe bytes[offset]) }
            add(last)
        }
    }

    private mutating func add(_ word: UInt64) {
        state = RandomGenerator.seed(state ^ word, 0) &+ 0x9E37_79B9_7F4A_7C15
    }
}
