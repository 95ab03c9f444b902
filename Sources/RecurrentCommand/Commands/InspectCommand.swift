import ArgumentParser
import Foundation
import Recurrent

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show the contents of a model file.",
        discussion: """
            Reads a model written by rnn or saved by PyTorch; of any other safetensors file, such as \
            a checkpoint, only the tensors. Shows the network, statistics of each tensor and of each \
            gate of an LSTM or a GRU, and for each W_s of Elman cells up to \(RecurrenceSpectrum.widthLimit) wide its \
            spectral norm (the largest singular value), its spectral radius and its share of the \
            sum of all squares in the file. Statistics are of the finite numbers; the others are \
            counted. In json and csv there is a row for each tensor and each gate with all of this, \
            and numbers have all their digits.

            --tensor shows the values of one tensor of at most \(TensorValues.limit) values: a row for \
            each index of the leading dimensions, a column for each index of the last one, counted \
            from 0.

            Examples:
              rnn inspect runs/series
              rnn inspect runs/speech
              rnn inspect model.safetensors --tensor rnn.weight_hh_l0 --format csv
            """)

    @Argument(
        help: ArgumentHelp(
            "A safetensors file, or a folder that contains model.safetensors.", valueName: "file"),
        completion: .models)
    var file: String

    @Option(help: ArgumentHelp("Show the values of this tensor.", valueName: "name"))
    var tensor: String?

    @OptionGroup var output: FormatOptions

    func run() throws {
        let path = try ModelFile.resolve(file)
        let contents = try read(path)
        if let tensor { return try output.print(values(of: tensor, in: contents, path)) }
        let summary = FileSummary(contents)
        let further = [
            summary.recurrentWeights?.text(.table), summary.note, summary.metadataTable?.text(.table),
        ].compactMap { $0 }
        try output.print(
            output.format == .table ? summary.tensors : summary.tensorsWithSpectra,
            before: "\(path): \(NetworkWords(contents).text)",
            after: further.isEmpty ? nil : further.joined(separator: "\n\n"))
    }

    private func read(_ path: String) throws -> Safetensors {
        do {
            return try Safetensors(contentsOf: path)
        } catch {
            let beginning = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)).read(upToCount: 2)
            guard beginning == Data("PK".utf8) else { throw CommandFailure("\(error)".printable) }
            throw CommandFailure(
                "\(path): a ZIP archive, as PyTorch's .pt files are; save the state_dict with safetensors.torch.save_file instead"
            )
        }
    }

    private func values(of name: String, in contents: Safetensors, _ path: String) throws -> Table {
        guard let tensor = contents[name] else {
            let names = contents.tensors.map { "'\($0.name)'" }.joined(separator: ", ")
            throw CommandFailure(
                "\(path): there is no tensor '\(name)'; there are \(names.shortened(to: 1000).printable)")
        }
        do {
            return try TensorValues(tensor).table
        } catch {
            throw CommandFailure("\(path): \(error)".printable)
        }
    }
}
