import Foundation
import RecurrentFormats

/// The folder of a run: its description, its events, the model, the report, and checkpoints until it is finished.
///
///     run.json   events.jsonl   model.safetensors   report.html   checkpoints/1/…
package final class RunFolder {
    /// The report of a run as an HTML page.
    package typealias Report = (RunDescription, RunRecord, RunState) -> String

    package let path: String
    package let description: RunDescription
    package private(set) var record = RunRecord()
    private let log: EventLog
    private let report: Report
    private var lastReport: ContinuousClock.Instant?

    /// Creates a run in a folder that does not exist yet or is empty.
    package init(creating path: String, _ description: RunDescription, report: @escaping Report) throws {
        if let names = try? FileManager.default.contentsOfDirectory(atPath: path), !names.isEmpty {
            throw CommandFailure(
                names.contains("run.json")
                    ? "\(path): there is already a run in this folder; continue it with --resume, or choose another folder with --run"
                    : "\(path): there is already something in this folder; choose another with --run")
        }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure("\(path): the folder cannot be created; check the path and its permissions")
        }
        (self.path, self.description, self.report) = (path, description, report)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try DurableFile.write(try encoder.encode(description), to: "\(path)/run.json")
        log = try EventLog(inFolder: path)
    }

    /// Opens a run that was begun before, with all its events.
    package init(resuming path: String, report: @escaping Report) throws {
        (self.path, self.report) = (path, report)
        description = try RunDescription(inFolder: path)
        log = try EventLog(inFolder: path)
        for event in EventLog.events(inFolder: path) { record.add(event) }
    }

    /// Logs an event, and updates the report every few seconds.
    package func add(_ event: RunEvent) throws {
        record.add(event)
        try log.append(event)
        if let lastReport, ContinuousClock.now - lastReport < .seconds(3) { return }
        try writeReport(.running)
    }

    package func writeReport(_ state: RunState) throws {
        try DurableFile.write(Data(report(description, record, state).utf8), to: "\(path)/report.html")
        lastReport = .now
    }

    package var modelPath: String { Self.modelPath(inFolder: path) }

    package static func modelPath(inFolder folder: String) -> String { "\(folder)/model.safetensors" }

    package func checkpointPath(training: Int) -> String { "\(path)/checkpoints/\(training)" }

    /// Removes the checkpoints of a training that is finished.
    package func removeCheckpoints(training: Int) {
        try? FileManager.default.removeItem(atPath: checkpointPath(training: training))
        let all = "\(path)/checkpoints"
        if (try? FileManager.default.contentsOfDirectory(atPath: all))?.isEmpty == true {
            try? FileManager.default.removeItem(atPath: all)
        }
    }
}

// The default folders `runs/APPLICATION`, `runs/APPLICATION-2` and so on.
extension RunFolder {
    /// The first of them that does not exist yet.
    package static func free(for application: String) -> String {
        var number = 1
        while FileManager.default.fileExists(atPath: usual(application, number)) { number += 1 }
        return usual(application, number)
    }

    /// The last of them that exists.
    package static func latest(for application: String) -> String {
        var number = 1
        while FileManager.default.fileExists(atPath: usual(application, number + 1)) { number += 1 }
        return usual(application, number)
    }

    private static func usual(_ application: String, _ number: Int) -> String {
        "runs/\(application)" + (number == 1 ? "" : "-\(number)")
    }
}
