import ArgumentParser
import Recurrent

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Hold the engine against cases recorded from another implementation.",
        discussion: """
            Runs each case in Double and in Float and prints, for every quantity, the largest \
            deviation relative to its largest magnitude. Exits with 1 when one exceeds 1e-12 \
            (Double) or 2e-5 (Float).
            """)

    @Argument(help: ArgumentHelp("Recorded cases, JSON.", valueName: "case.json"))
    var cases: [String]

    func run() throws {
        var failures = 0
        for path in cases {
            do {
                let recorded = try RecordedCase(contentsOf: path)
                let isRight = try show(path, recorded)
                if !isRight { failures += 1 }
            } catch let error as DataError {
                throw CommandFailure("\(path): \(error)")
            }
        }
        print("\(cases.count - failures) of \(cases.count) cases agree.")
        if failures > 0 { throw ExitCode.failure }
    }

    /// Prints both rows of a case; returns whether it passes in both number types.
    private func show(_ path: String, _ recorded: RecordedCase) throws -> Bool {
        let double = try Verification(recorded, in: Double.self)
        let float = try Verification(recorded, in: Float.self)
        var table = TextTable(["", "Double", "Float"])
        var isRight = true
        for (inDouble, inFloat) in zip(double.deviations, float.deviations) {
            let passes =
                inDouble.relative <= Verification.tolerance(of: Double.self)
                && inFloat.relative <= Verification.tolerance(of: Float.self)
            table.add([
                inDouble.quantity, scientific(inDouble.relative), scientific(inFloat.relative),
                passes ? "" : "DEVIATES",
            ])
            isRight = isRight && passes
        }
        print("\(path): \(isRight ? "agrees" : "DEVIATES")\n\(table)")
        return isRight
    }
}
