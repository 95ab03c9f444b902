import ArgumentParser
import Foundation
import Recurrent

struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train networks for an application and compare them with simpler models.",
        discussion: """
            Trains a network for each seed and each held-out part of the data, and prints the scores \
            on held-out data. The folder of the run gets the first network (model.safetensors), a log \
            of all events (events.jsonl), and a report for the browser (report.html), which is \
            updated during training. Ctrl-C finishes the current step, writes a checkpoint and prints \
            the command that resumes the run.

            Applications, what they predict, and their data without --data:
            \(applications.map { "  " + $0.name.padded(to: 11) + $0.summary }.joined(separator: "\n"))

            Examples:
              rnn train series
              rnn train language --data psalms.txt --run runs/psalms
              rnn train language --cell gru --layers 2 --dropout 0.2
              rnn train --resume --run runs/psalms
              rnn train series --data sales.csv --columns total,visitors \\
                --date-column day --window 24
              rnn train sentiment --data reviews.tsv --text-column text \\
                --label-column stars
              rnn train gesture --data moves_TRAIN.ts --test moves_TEST.ts
            """)

    @Argument(
        help: ArgumentHelp("One of \(known).", valueName: "application"),
        completion: .list(applications.map { $0.name }))
    var application: String?

    @Option(help: "The first seed of the initial weights and the order of the data; 1 by default.")
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "Train networks with this many seeds, counted up from --seed; 5 by default, 1 for language.",
            valueName: "count"))
    var seeds: Int?

    @OptionGroup var options: TrainingOptions

    @Option(
        help: ArgumentHelp(
            "The folder of the run; by default runs/APPLICATION, or runs/APPLICATION-2 and so on if that exists.",
            valueName: "folder"),
        completion: .directory)
    var run: String?

    @Flag(help: "Resume the run in the folder, with the options that began it.")
    var resume = false

    @OptionGroup var output: FormatOptions

    func validate() throws {
        guard let application else {
            if resume, run != nil { return }
            throw ValidationError("Give an application: \(Self.known). With --resume, --run is enough.")
        }
        guard let type = applications.first(where: { $0.name == application }) else {
            throw ValidationError("There is no application '\(application)'. There are: \(Self.known).")
        }
        guard 1...1000 ~= seeds ?? 1 else { throw ValidationError("--seeds must be in 1...1000.") }
        guard seed ?? 0 <= UInt64.max - 1000 else { throw ValidationError("--seed is too large.") }
        try type.require(options)
    }

    private static let known = applications.map { $0.name }.joined(separator: ", ")

    func run() async throws { try await untilInterrupted { try train() } }

    private func train() throws {
        guard resume else {
            let path = run ?? RunFolder.free(for: application ?? "")
            return try train(newApplication(), seeds: allSeeds) {
                try RunFolder(creating: path, describe($0)) { ReportPage($0, $1, $2).html }
            }
        }
        let path = run ?? RunFolder.latest(for: application ?? "")
        let description = try RunDescription(inFolder: path)
        let begun = try Self(description)
        guard begun.agrees(with: self) else {
            let words = begun.arguments.map(shellQuoted).joined(separator: " ")
            throw CommandFailure(
                "\(path): this run was begun as: rnn train \(words); continue it with: rnn train --resume --run \(path)"
            )
        }
        try train(Self.application(of: description), seeds: begun.allSeeds) { _ in
            try RunFolder(resuming: path) { ReportPage($0, $1, $2).html }
        }
    }

    private func train<A: Application>(
        _ application: A, seeds: [UInt64], in makeFolder: (A) throws -> RunFolder
    ) throws {
        let folder = try makeFolder(application)
        let again = "rnn train --resume --run \(shellQuoted(folder.path))"
        do {
            try TrainingRun(application, in: folder, seeds: seeds).train()
        } catch is TrainingInterrupted {
            try folder.writeReport(.stopped("Interrupted. Continue with: \(again)"))
            FileHandle.standardError.write(Data("\nInterrupted. Continue with:\n  \(again)\n".utf8))
            throw ExitStatus.interrupted.code
        } catch {
            // If the report cannot be written either, the first error is the one to show.
            try? folder.writeReport(.stopped("\(error)"))
            throw error
        }
        try output.print(
            ScoreTable(folder.description, folder.record).table,
            after: "model: \(folder.modelPath)\nreport: \(folder.path)/report.html")
    }

    private func newApplication() throws -> any Application {
        guard let type = applications.first(where: { $0.name == application }) else {
            throw CommandFailure("there is no application '\(application ?? "")'")
        }
        return try type.init(options)
    }
}

// Runs that were begun before.
extension TrainCommand {
    /// The application of the run in a folder, with unchanged data.
    static func application(inFolder folder: String) throws -> any Application {
        try application(of: RunDescription(inFolder: folder))
    }

    private static func application(of description: RunDescription) throws -> any Application {
        for file in description.files { try file.requireUnchanged() }
        return try Self(description).newApplication()
    }

    /// The command that began a run.
    private init(_ description: RunDescription) throws {
        do {
            self = try Self.parse(description.arguments)
        } catch {
            throw CommandFailure(
                "run.json: these are not arguments of rnn train: \(description.arguments.joined(separator: " "))"
            )
        }
    }

    /// True if another command asks for nothing that this one does not.
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
            parameters: plan.network.parameters.layout.count,
            cell: plan.network.configuration.layers[0].cell.kind, facts: application.facts)
        description.clipNorm = clipNorm
        description.files = try options.files.map { try DataFile($0) }
        return description
    }

    private var allSeeds: [UInt64] {
        let type = applications.first { $0.name == application }
        return (0..<UInt64(seeds ?? type?.seeds ?? 5)).map { (seed ?? 1) + $0 }
    }

    private var given: [(name: String, value: String)] {
        [("--seed", seed.map(String.init)), ("--seeds", seeds.map(String.init))]
            .compactMap { name, value in value.map { (name, $0) } } + options.given
    }

    /// The arguments that decide the result of a run.
    private var arguments: [String] {
        [application ?? ""] + given.flatMap { $0.value.isEmpty ? [$0.name] : [$0.name, $0.value] }
    }
}
