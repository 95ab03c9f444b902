import Foundation

/// The log `events.jsonl` of a run, locked by one process at a time.
final class EventLog {
    private let path: String
    private let handle: FileHandle

    private let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return encoder
    }()

    /// Opens the log in the folder of a run to append to it, or creates it.
    init(inFolder folder: String) throws {
        path = Self.path(folder)
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CommandFailure("\(path): the file cannot be written to; check its permissions")
        }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw CommandFailure("\(folder): another process is at work on this run; wait until it has ended")
        }
        // A line that a crash cut short must not run into the next one.
        let end = try handle.seekToEnd()
        if end > 0 {
            try handle.seek(toOffset: end - 1)
            if try handle.read(upToCount: 1) != Data("\n".utf8) {
                try handle.write(contentsOf: Data("\n".utf8))
            }
        }
    }

    func append(_ event: RunEvent) throws {
        do {
            try handle.write(contentsOf: try encoder.encode(event) + Data("\n".utf8))
        } catch {
            throw CommandFailure("\(path): the file cannot be written to: is the disk full?")
        }
    }

    /// All events in the folder of a run, without lines that a crash cut short.
    static func events(inFolder folder: String) -> [RunEvent] {
        let data = FileManager.default.contents(atPath: path(folder)) ?? Data()
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return data.split(separator: UInt8(ascii: "\n")).compactMap {
            try? decoder.decode(RunEvent.self, from: $0)
        }
    }

    private static func path(_ folder: String) -> String { "\(folder)/events.jsonl" }
}
