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

            Without --data each application trains on data that come along:
            \(applications.map { "  \($0.name) – \($0.summary)" }.joined(separator: "\n"))

            Examples:
              rnn train series
              rnn train language --seeds 1 --run runs/psalms
              rnn train --resume --run runs/psalms
              rnn train series --data sales.csv --columns total,visitors \\
                --date-column day --window 24
              rnn train sentiment --data reviews.tsv --text-column text \\
                --label-column stars
              rnn train gesture --data moves_TRAIN.ts --test moves_TEST.ts
            """)

    @Argument(
        help: ArgumentHelp("What to train for.", valueName: "application"),
        completion: .list(applications.map { $0.name }))
    var application: String?

    @Option(help: "Decides the initial weights and the order of the data; 1 by default.")
    var seed: UInt64?

    @Option(help: "Train networks with this many seeds, from --seed on; 5 by default.")
    var seeds: Int?

    @OptionGroup var options: TrainingOptions

    @Option(
        help: ArgumentHelp(
            "The folder of the run; by default runs/APPLICATION, or the next such with a number that is not there yet.",
            valueName: "folder"),
        completion: .directory)
    var run: String?

    @Flag(help: "Go on with the run in the folder; it knows its other options.")
    var resume = false

    @OptionGroup var output: FormatOptions

    func validate() throws {
        guard let application else {
            if resume, run != nil { return }
            throw ValidationError("Say what to train for: \(Self.known). With --resume, --run is enough.")
        }
        guard let type = applications.first(where: { $0.name == application }) else {
            throw ValidationError("There is no application '\(application)'. There are: \(Self.known).")
        }
        guard 1...1000 ~= seeds ?? 1 else { throw ValidationError("--seeds must be in 1...1000.") }
        guard seed ?? 0 <= UInt64.max - 1000 else { throw ValidationError("--seed is too large.") }
        try options.require(type)
    }

    private static let known = applications.map { $0.name }.joined(separator: ", ")

    /// The application of a run, by the command line that began it, on the very data that it had then.
    static func application(of description: RunDescription) throws -> any Application {
        for file in description.files { try file.requireUnchanged() }
        return try parsed(description).newApplication()
    }

    private static func parsed(_ description: RunDescription) throws -> TrainCommand {
        do {
            return try parse(description.arguments)
        } catch {
            throw CommandFailure("run.json: these are no arguments of rnn train: \(description.arguments)")
        }
    }

    private func newApplication() throws -> any Application {
        guard let type = applications.first(where: { $0.name == application }) else {
            throw CommandFailure("there is no application '\(application ?? "")'")
        }
        return try type.init(options)
    }

    func run() async throws {
        let work = Task { try train() }
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

    private func train() throws {
        guard resume else {
            let path = run ?? RunFolder.free(for: application ?? "")
            return try train(newApplication(), seeds: allSeeds) {
                try RunFolder(creating: path, describe($0))
            }
        }
        let path = run ?? RunFolder.latest(for: application ?? "")
        let description = try RunFolder.description(of: path)
        let begun = try Self.parsed(description)
        guard begun.agrees(with: self) else {
            let words = begun.arguments.map(shellQuoted).joined(separator: " ")
            throw CommandFailure(
                "\(path): this run was begun as: rnn train \(words); go on with: rnn train --resume --run \(path)"
            )
        }
        try train(Self.application(of: description), seeds: begun.allSeeds) { _ in
            try RunFolder(resuming: path)
        }
    }

    private func train<A: Application>(
        _ application: A, seeds: [UInt64], in makeFolder: (A) throws -> RunFolder
    ) throws {
        let folder = try makeFolder(application)
        let again = "rnn train --resume --run \(shellQuoted(folder.path))"
        do {
            try Run(application, in: folder, seeds: seeds).train()
        } catch is Run<A>.Interrupted {
            try folder.writeReport(.stopped("Interrupted. Go on with: \(again)"))
            FileHandle.standardError.write(
                Data("\nInterrupted. Go on with:\n  \(again)\n".utf8))
            throw ExitStatus.interrupted.code
        } catch {
            // A report that cannot be written either must not hide what was wrong first.
            try? folder.writeReport(.stopped("\(error)"))
            throw error
        }
        try output.print(
            ScoreTable(folder.description, folder.record).table,
            after: "model: \(folder.modelPath)\nreport: \(folder.path)/report.html")
    }

    private var allSeeds: [UInt64] { (0..<UInt64(seeds ?? 5)).map { (seed ?? 1) + $0 } }

    private var given: [(name: String, value: String)] {
        [("--seed", seed.map(String.init)), ("--seeds", seeds.map(String.init))]
            .compactMap { name, value in value.map { (name, $0) } } + options.given
    }

    /// What decides a run, as words of a command line.
    private var arguments: [String] {
        [application ?? ""] + given.flatMap { $0.value.isEmpty ? [$0.name] : [$0.name, $0.value] }
    }

    /// Whether another command line asks for nothing else than this one.
    private func agrees(with other: TrainCommand) -> Bool {
        let own = Dictionary(uniqueKeysWithValues: given.map { ($0.name, $0.value) })
        return other.application ?? application == application
            && other.given.allSatisfy { own[$0.name] == $0.value }
    }

    private func describe<A: Application>(_ application: A) throws -> RunDescription {
        let plan = try application.plan(fold: 0, seed: allSeeds[0])
        var clipNorm: Double?
        if case .norm(let limit) = plan.settings.clipping { clipNorm = limit }
        var description = RunDescription(
            application: A.name, measure: application.measure, arguments: arguments,
            began: Date.now.formatted(.iso8601), trainings: allSeeds.count * application.folds,
            folds: application.folds, network: plan.network.configuration.words,
            parameters: plan.network.parameters.layout.count, facts: application.facts)
        description.clipNorm = clipNorm
        description.files = try options.files.map { try DataFile($0) }
        return description
    }
}
