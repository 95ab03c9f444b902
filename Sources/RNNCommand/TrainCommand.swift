import ArgumentParser
import Foundation
import Recurrent

struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a network for one of five applications, and hold it against simpler models.",
        discussion: """
            Trains a network for each seed and each held-out part of the data, prints how they do on \
            data they have not seen, and writes a folder: the first network (model.safetensors), \
            everything that happened (events.jsonl), and a report to look at in a browser \
            (report.html), also while training goes on. Ctrl-C ends the step, writes a checkpoint \
            and says how to go on.

            Applications:
            \(applications.map { "  \($0.name) – \($0.summary)" }.joined(separator: "\n"))

            Examples:
              rnn train sunspots
              rnn train language --seeds 1 --run runs/psalms
              rnn train language --run runs/psalms --resume
            """)

    @Argument(
        help: ArgumentHelp("What to train for.", valueName: "application"),
        completion: .list(applications.map { $0.name }))
    var application: String

    @Option(help: "Decides the initial weights and the order of the data.")
    var seed: UInt64 = 1

    @Option(help: "Train networks with this many seeds, from --seed on.")
    var seeds = 5

    @Option(help: ArgumentHelp("The folder of the run; runs/APPLICATION by default.", valueName: "folder"))
    var run: String?

    @Flag(help: "Go on with the run in the folder.")
    var resume = false

    @OptionGroup var output: FormatOptions

    func validate() throws {
        guard applications.contains(where: { $0.name == application }) else {
            let known = applications.map { $0.name }.joined(separator: ", ")
            throw ValidationError("There is no application '\(application)'. There are: \(known).")
        }
        guard 1...1000 ~= seeds else { throw ValidationError("--seeds must be in 1...1000.") }
        guard seed <= UInt64.max - UInt64(seeds) else {
            throw ValidationError("--seed is too large for --seeds.")
        }
    }

    private var path: String { run ?? "runs/\(application)" }

    func run() async throws {
        guard let type = applications.first(where: { $0.name == application }) else { return }
        let work = Task { try train(type) }
        // The first Ctrl-C ends the step at work; the next one ends the process as it always does.
        signal(SIGINT, SIG_IGN)
        let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        interrupt.setEventHandler {
            work.cancel()
            signal(SIGINT, SIG_DFL)
        }
        interrupt.activate()
        defer { interrupt.cancel() }
        try await work.value
    }

    private func train<A: Application>(_ type: A.Type) throws {
        let application = try A()
        let seeds = (0..<UInt64(seeds)).map { seed + $0 }
        let folder = try resume ? resumed(seeds) : RunFolder(creating: path, describe(application))
        do {
            try Run(application, in: folder, seeds: seeds).train()
        } catch is Run<A>.Interrupted {
            try folder.writeReport(isFinished: false)
            let again = "rnn train \(A.name) --seed \(seed) --seeds \(seeds.count) --run \(path) --resume"
            FileHandle.standardError.write(
                Data("\nInterrupted; a checkpoint is written. Go on with:\n  \(again)\n".utf8))
            throw ExitStatus.interrupted.code
        }
        output.print(
            ScoreTable(folder.description, folder.record).table,
            after: "model: \(folder.modelPath)\nreport: \(path)/report.html")
    }

    private func resumed(_ seeds: [UInt64]) throws -> RunFolder {
        let folder = try RunFolder(resuming: path)
        let begun = folder.description
        guard begun.application == application, begun.options == options else {
            let options = begun.options.sorted { $0.key < $1.key }.map { "--\($0.key) \($0.value)" }
            throw CommandFailure(
                "\(path): this run was begun as: rnn train \(begun.application) \(options.joined(separator: " ")); go on with the same"
            )
        }
        return folder
    }

    private var options: [String: String] { ["seed": "\(seed)", "seeds": "\(seeds)"] }

    private func describe<A: Application>(_ application: A) throws -> RunDescription {
        let plan = try application.plan(fold: 0, seed: seed)
        var clipNorm: Double?
        if case .norm(let limit) = plan.settings.clipping { clipNorm = limit }
        var description = RunDescription(
            application: A.name, measure: A.measure, options: options,
            began: Date.now.formatted(.iso8601), trainings: seeds * application.folds,
            folds: application.folds, network: plan.network.configuration.words,
            parameters: plan.network.parameters.layout.count, facts: application.facts)
        description.clipNorm = clipNorm
        return description
    }
}
