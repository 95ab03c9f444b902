import Foundation
import Recurrent

/// A run's folder: what it is, what happened, the model, the report, and while it is at work its checkpoints.
///
///     run.json   events.jsonl   model.safetensors   report.html   checkpoints/1/…
final class RunFolder {
    let path: String
    let description: RunDescription
    private(set) var record = RunRecord()
    private let log: FileHandle
    private var lastReport: ContinuousClock.Instant?

    /// A new run, in a folder that is not there yet or empty.
    init(creating path: String, _ description: RunDescription) throws {
        if let names = try? FileManager.default.contentsOfDirectory(atPath: path), !names.isEmpty {
            let isRun = names.contains("run.json")
            throw CommandFailure(
                "\(path): there is \(isRun ? "a run" : "something") in this folder already; \(isRun ? "go on with --resume, or " : "")give another --run"
            )
        }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure("\(path): the folder cannot be created; check the path and its permissions")
        }
        self.path = path
        self.description = description
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try DurableFile.write(try encoder.encode(description), to: "\(path)/run.json")
        log = try Self.openLog(path)
    }

    /// A run that was begun before, with all that happened in it.
    init(resuming path: String) throws {
        self.path = path
        description = try Self.description(of: path)
        log = try Self.openLog(path)
        for event in try Self.events(of: path) { record.add(event) }
    }

    /// What a run is.
    static func description(of path: String) throws -> RunDescription {
        guard let data = FileManager.default.contents(atPath: "\(path)/run.json") else {
            throw CommandFailure(
                "\(path): this is no run: there is no run.json in it; give the folder of a run")
        }
        do {
            return try JSONDecoder().decode(RunDescription.self, from: data)
        } catch {
            throw CommandFailure(
                "\(path)/run.json: this is no description of a run; it is damaged, or another program's")
        }
    }

    /// Where a run stands if nothing else is said: `runs/APPLICATION`, `runs/APPLICATION-2` and so on; the first that is
    /// not there yet.
    static func free(for application: String) -> String {
        var number = 1
        while FileManager.default.fileExists(atPath: usual(application, number)) { number += 1 }
        return usual(application, number)
    }

    /// The last of them that is there.
    static func latest(for application: String) -> String {
        var number = 1
        while FileManager.default.fileExists(atPath: usual(application, number + 1)) { number += 1 }
        return usual(application, number)
    }

    private static func usual(_ application: String, _ number: Int) -> String {
        "runs/\(application)" + (number == 1 ? "" : "-\(number)")
    }

    /// The model of a run, or `path` itself if that is a file.
    static func model(_ path: String) throws -> String {
        let inFolder = "\(path)/model.safetensors"
        if FileManager.default.fileExists(atPath: inFolder) { return inFolder }
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
        else { return path }
        throw CommandFailure(
            "\(path): there is no model in this folder; give a run's folder whose first network is trained")
    }

    /// A line that a crash has left half is passed over.
    private static func events(of path: String) throws -> [RunEvent] {
        let data = FileManager.default.contents(atPath: "\(path)/events.jsonl") ?? Data()
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return data.split(separator: UInt8(ascii: "\n")).compactMap {
            try? decoder.decode(RunEvent.self, from: $0)
        }
    }

    /// Opens the log to be added to, for this process alone.
    private static func openLog(_ path: String) throws -> FileHandle {
        let file = "\(path)/events.jsonl"
        let descriptor = unsafe open(file, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CommandFailure("\(file): the file cannot be written to; check its permissions")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw CommandFailure("\(path): another process is at work on this run; wait until it has ended")
        }
        // What a crash has left half must not run into what follows.
        let end = try handle.seekToEnd()
        if end > 0 {
            try handle.seek(toOffset: end - 1)
            if try handle.read(upToCount: 1) != Data("\n".utf8) {
                try handle.write(contentsOf: Data("\n".utf8))
            }
        }
        return handle
    }

    private let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return encoder
    }()

    /// Writes an event down, and brings the report up to date every few seconds.
    func add(_ event: RunEvent) throws {
        record.add(event)
        do {
            try log.write(contentsOf: try encoder.encode(event) + Data("\n".utf8))
        } catch {
            throw CommandFailure("\(path)/events.jsonl: the file cannot be written to: is the disk full?")
        }
        if let lastReport, ContinuousClock.now - lastReport < .seconds(3) { return }
        try writeReport(.running)
    }

    func writeReport(_ state: RunState) throws {
        let page = ReportPage(description, record, state).html
        try DurableFile.write(Data(page.utf8), to: "\(path)/report.html")
        lastReport = .now
    }

    var modelPath: String { "\(path)/model.safetensors" }

    func checkpointPath(training: Int) -> String { "\(path)/checkpoints/\(training)" }

    /// Of a training that is done: its checkpoints are of no more use.
    func removeCheckpoints(training: Int) {
        try? FileManager.default.removeItem(atPath: checkpointPath(training: training))
        let all = "\(path)/checkpoints"
        if (try? FileManager.default.contentsOfDirectory(atPath: all))?.isEmpty == true {
            try? FileManager.default.removeItem(atPath: all)
        }
    }
}
