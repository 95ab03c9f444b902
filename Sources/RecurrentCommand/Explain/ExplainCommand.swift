import ArgumentParser
import Foundation
import Recurrent

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Write out the gradient of one loss, term by term, with numbers.",
        discussion: """
            Unfolds a small network over a sequence and shows every factor of the chain rule, every term of the \
            gradients with respect to W_s and W_x, their sums, the result of backpropagation through time, and the \
            share of each number of steps back. Without a network it explains the worked example of the \
            documentation: three steps of a network with one input, one tanh unit and one output.

            The network must have one layer of Elman cells, not LSTM or GRU, that reads forwards, and at most \
            \(ExplainInput.widthLimit) inputs, state units and outputs; the sequence at most \(ExplainInput.stepLimit) \
            steps. Exits with 1 if the network or the sequence cannot be explained.

            Examples:
              rnn explain
              rnn explain --format html --output gradient.html
              rnn explain runs/small --sequence '0.5; 0.3; -1' --target 0.2
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case table, markdown, latex, html, json, csv
    }

    @OptionGroup var input: ExplainInput

    @Option(
        help:
            "The format of the explanation; latex is a document to compile, json and csv have all digits."
    )
    var format = Format.table

    @Option(
        help: ArgumentHelp(
            "The file to write the explanation to; standard output by default.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("The file to draw the unfolded network to, as SVG.", valueName: "file"))
    var picture: String?

    func run() throws {
        try prepareOutputs()
        let explanation = try input.explained().explanation
        let text = try text(explanation)
        if let picture { try DurableFile.write(Data(explanation.picture.svg.utf8), to: picture) }
        if let output {
            try DurableFile.write(Data(text.utf8), to: output)
        } else {
            try printResult(text)
        }
    }

    private func text(_ explanation: Explanation) throws -> String {
        switch format {
        case .table: explanation.terminal
        case .markdown: explanation.markdown(picture: picture)
        case .latex: explanation.latex
        case .html: explanation.html
        case .json: try ExplanationData(explanation).json()
        case .csv: ExplanationData(explanation).csv
        }
    }

    /// Checks before any work that both files can be written, and that they differ from each other and from the
    /// inputs.
    ///
    /// - Throws: `CommandFailure` for files that are the same, `FileError` for a file that cannot be written.
    private func prepareOutputs() throws {
        let written = [output, picture].compactMap { $0 }
        let paths = (written + [input.model, input.data].compactMap { $0 })
            .map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
        guard Set(paths).count == paths.count else {
            throw CommandFailure("--output, --picture, --data and the network must be different files")
        }
        for path in written { try DurableFile.check(path) }
    }
}
