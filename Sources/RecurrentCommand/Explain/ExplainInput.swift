import ArgumentParser
import Foundation
import Recurrent

/// The network, the sequence and the loss to explain.
struct ExplainInput: ParsableArguments {
    /// The largest number of inputs, state units or outputs that is still readable.
    static let widthLimit = 8
    /// The largest number of steps.
    static let stepLimit = 32

    @Argument(
        help: ArgumentHelp(
            "The network: a run's folder, or a model file. For a file saved by PyTorch, which does not name its functions, give --activation and --output-function.",
            valueName: "run"),
        completion: .models)
    var model: String?

    @Option(
        help: "The activation of the state, for a model file that does not name it.")
    var activation: Activation?

    @Option(
        name: .customLong("output-function"),
        help: "The output function, for a model file that does not name it.")
    var outputFunction: OutputFunction?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The sequence: numbers separated by commas, steps by semicolons; for a model of a series, in the units of the series.",
            valueName: "\"0.5,1; -1,0.3\"")
    )
    var sequence: String?

    @Option(
        help: ArgumentHelp(
            "The sequence as a CSV file: a header, and a line for each step.", valueName: "file"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "The columns of the CSV file to use as inputs, separated by commas; all by default.",
            valueName: "names"))
    var columns: String?

    @Option(help: "Use only this many steps of the sequence, from the first on.")
    var steps: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The target of the last output: a number for each output, or for cross entropy a class, counted from 0.",
            valueName: "values"))
    var target: String?

    @Option(
        help:
            "The loss at the last output; by default halfSquaredError with linear outputs, crossEntropy with softmax, binaryCrossEntropy with sigmoid."
    )
    var loss: Loss?

    func validate() throws {
        func require(_ condition: Bool, _ message: String) throws {
            if !condition { throw ValidationError(message) }
        }
        try require(sequence == nil || data == nil, "Give --sequence or --data, not both.")
        try require(columns == nil || data != nil, "--columns goes with --data.")
        try require(
            model != nil || (activation == nil && outputFunction == nil),
            "--activation and --output-function go with a model file.")
        try require(
            (activation == nil) == (outputFunction == nil),
            "Give --activation and --output-function together.")
        try require(
            model == nil || sequence != nil || data != nil, "Give the sequence with --sequence or --data.")
        try require(model == nil || target != nil, "Give the target of the last output with --target.")
        try require(steps ?? 1 >= 1, "--steps must be at least 1.")
    }

    /// - Throws: `FileError` for a file that cannot be read, `CommandFailure` for a network, sequence or target
    ///   that cannot be explained.
    func explained() throws -> ExplainedCase {
        let network = try network()
        let configuration = network.configuration
        let loss = loss ?? configuration.output.usualLoss
        guard loss.accepts(configuration.output) else {
            throw CommandFailure(
                "the loss \(loss.rawValue) does not go with \(configuration.output.rawValue) outputs; leave --loss out, or give one of the squared errors"
            )
        }
        let scales = try scales()
        let inputs = try inputs(width: configuration.inputWidth).map { standardised($0, scales) }
        var target = try target(for: loss, width: configuration.outputWidth)
        if case .values(let values) = target { target = .values(standardised(values, scales)) }
        let source = model ?? "the worked example of the documentation"
        return try ExplainedCase(
            network, from: source + (scales == nil ? "" : "; values are standardised, as it reads them"),
            on: inputs, target: target, loss: loss)
    }

    /// The scale of each column if the network is a model of a series, which reads standardised values.
    private func scales() throws -> [Standardisation]? {
        guard let path = try model.map(ModelFile.resolve) else { return nil }
        return try SeriesModel.Card(Safetensors(contentsOf: path), path: path)?.scales
    }

    private func standardised(_ values: [Double], _ scales: [Standardisation]?) -> [Double] {
        scales.map { zip($0, values).map { $0.standardise($1) } } ?? values
    }

    private func network() throws -> RecurrentNetwork<Double> {
        guard let model = try model.map(ModelFile.resolve) else { return ExplainedCase.example }
        let assumed = activation.flatMap { activation in
            outputFunction.map { AssumedFunctions(activation: activation, output: $0) }
        }
        let network = try RecurrentNetwork<Double>(contentsOf: model, assuming: assumed)
        if let problem = network.configuration.obstacleToExplaining {
            throw CommandFailure("\(model): \(problem)")
        }
        return network.readOutAtEveryStep
    }

    private func inputs(width: Int) throws -> [[Double]] {
        var inputs: [[Double]]
        if let sequence {
            inputs = try NumberList.steps(sequence, option: "--sequence")
        } else if let data {
            inputs = try columnsOfData(data)
        } else {
            inputs = ExplainedCase.exampleSequence
        }
        if let steps {
            guard steps <= inputs.count else {
                throw CommandFailure("--steps \(steps): the sequence has only \(inputs.count)")
            }
            inputs = Array(inputs.prefix(steps))
        }
        guard inputs.count <= Self.stepLimit else {
            throw CommandFailure(
                "the sequence has \(inputs.count) steps, more than the \(Self.stepLimit) whose numbers can be read; cut it with --steps"
            )
        }
        for (step, values) in inputs.enumerated() where values.count != width {
            throw CommandFailure(
                "step \(step + 1) of the sequence has \(values.count) values where the network takes \(width); \(data == nil ? "give that many in every step" : "choose that many with --columns")"
            )
        }
        return inputs
    }

    private func columnsOfData(_ path: String) throws -> [[Double]] {
        let table = try CSVTable(contentsOf: path)
        let names = columns?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        if names == nil { try table.requireHeader() }
        let numbers = try (names ?? table.header).map { try table.numbers(in: $0) }
        guard table.count > 0 else {
            throw FileError(
                path: path, problem: "there is no line below the header; give a line for each step")
        }
        return (0..<table.count).map { row in numbers.map { $0[row] } }
    }

    private func target(for loss: Loss, width: Int) throws -> ExplainedCase.Target {
        let text = target ?? ExplainedCase.exampleTarget
        if loss == .crossEntropy {
            guard let index = Int(text.trimmingCharacters(in: .whitespaces)), 0..<width ~= index else {
                throw CommandFailure(
                    "--target '\(text)' is not a class; give one number in 0...\(width - 1)")
            }
            return .classIndex(index)
        }
        let values = try NumberList.values(text, option: "--target")
        guard values.count == width else {
            throw CommandFailure(
                "--target has \(values.count) values where the network has \(width) outputs; give one for each"
            )
        }
        if loss == .binaryCrossEntropy, !values.allSatisfy({ 0...1 ~= $0 }) {
            throw CommandFailure(
                "--target '\(text)' has a value outside 0...1; binary cross entropy takes probabilities")
        }
        return .values(values)
    }
}
