import ArgumentParser
import RecurrentLinearAlgebra
import Recurrent

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare the engine with cases recorded from another implementation.",
        discussion: """
            Runs each case in Double and in Float and prints, for every quantity, the largest \
            deviation relative to its largest magnitude. Exits with 1 if one exceeds 1e-12 \
            (Double) or 2e-5 (Float).

            A case is one JSON object, arrays nested: T, B, I, H, O; loss ("halfSquaredError" with \
            linear outputs, "crossEntropy" with softmax and class indices); lengths [B]; manyToOne \
            (loss at the last valid step only); X [T][B][I]; D [T][B][O] or [T][B]; and the results: \
            Y [T][B][O] before the output function, E (the sum of the losses), and the gradients of E.

            With "format": 2 it has the names, shapes and order of gates of a PyTorch module with an \
            nn.RNN, nn.LSTM or nn.GRU called rnn and an nn.Linear called readout: cell ("elman", \
            "lstm", "gru"); activation ("tanh", "sigmoid", "relu", "identity"; null unless cell is \
            "elman"); layers; bidirectional; weights, an object of all parameters by name \
            (rnn.weight_ih_l0, ..., readout.bias); h0 and, for "lstm", c0 [layers x directions][B][H]; \
            gradients of all parameters by name, of h0, c0 and X.

            Without format it is one layer of Elman cells: activation; weights Wx [I][H], Ws [H][H], \
            Wy [H][O], bs [H], by [O]; s0 [B][H]; S [T][B][H]; gradients Wx, Ws, Wy, bs, by, s0, X.

            Examples:
              rnn verify case.json
              rnn verify cases/*.json --format csv > deviations.csv
            """)

    @Argument(help: ArgumentHelp("Recorded cases, JSON.", valueName: "case.json"), completion: .cases)
    var cases: [String]

    @OptionGroup var output: FormatOptions

    func run() throws {
        var table = Table(
            ["case", "quantity", "Double", "Float", "verdict"], leftAligned: 2, shownOnce: ["case"])
        let agreeing = cases.count { path in
            do {
                return try add(path, RecordedCase(contentsOf: path), to: &table)
            } catch {
                let text = "\(error)"
                let problem = text.hasSuffix(".") ? String(text.dropLast()) : text
                Screen.standardError.write("Error: \(problem); see 'rnn verify --help' for the format\n")
                return false
            }
        }
        try output.print(table, after: "\(agreeing) of \(cases.count) cases agree.")
        if agreeing < cases.count { throw ExitStatus.failed.code }
    }

    /// Adds a row for each quantity of a case.
    ///
    /// - Returns: true if all quantities agree in both element types.
    private func add(_ path: String, _ recorded: RecordedCase, to table: inout Table) throws -> Bool {
        let double = try verify(path, recorded, in: Double.self)
        let float = try verify(path, recorded, in: Float.self)
        var isRight = true
        for (inDouble, inFloat) in zip(double.deviations, float.deviations) {
            let passes =
                inDouble.relative <= Verification.tolerance(of: Double.self)
                && inFloat.relative <= Verification.tolerance(of: Float.self)
            table.add([
                Cell(path), Cell(inDouble.quantity),
                Cell(inDouble.relative, as: scientific(inDouble.relative)),
                Cell(inFloat.relative, as: scientific(inFloat.relative)), passes ? "agrees" : "DEVIATES",
            ])
            isRight = isRight && passes
        }
        return isRight
    }

    private func verify<S: Scalar>(
        _ path: String, _ recorded: RecordedCase, in type: S.Type
    ) throws -> Verification {
        do {
            return try Verification(recorded, in: S.self)
        } catch {
            throw CommandFailure("\(path), read as \(S.self): \(error)")
        }
    }
}
