import ArgumentParser
import Foundation
import Recurrent

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Write out the gradient of one loss term by term, with its numbers.",
        discussion: """
            Unfolds a small network over a sequence and shows every factor of the chain rule, every term of the \
            gradients by W_s and W_x, their sums, what backpropagation through time gives, and how much comes from \
            how many steps back. Without a network it is the worked example of the documentation: three steps of a \
            network of one input, one tanh state and one output.

            A network must have one layer that reads forwards, at most \(ExplainInput.widthLimit) inputs, states and \
            outputs, and a sequence at most \(ExplainInput.stepLimit) steps. Exits with 1 when something cannot be \
            explained.

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
            "How to write the explanation; latex is a document to be compiled, json and csv have all digits."
    )
    var format = Format.table

    @Option(help: ArgumentHelp("Where to write it; standard output without it.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Where to draw the unfolded network, as SVG.", valueName: "file"))
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

    /// Makes sure before any work that both files can be written, and that none is an input or the other.
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
