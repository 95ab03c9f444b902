import Foundation

/// The name of a checkpoint's file: `checkpoint-RUN-STEP.safetensors`. Ordered by step.
struct CheckpointName: Comparable {
    /// The run that wrote it: eight hexadecimal digits, drawn when it began; empty for a run that version 0.5 began,
    /// whose files have no such part in their names.
    let run: String
    let step: Int

    private static let (prefix, suffix) = ("checkpoint-", ".safetensors")

    init(run: String, step: Int) {
        (self.run, self.step) = (run, step)
    }

    /// nil for the name of another file.
    init?(_ file: String) {
        guard file.hasPrefix(Self.prefix), file.hasSuffix(Self.suffix) else { return nil }
        let parts = file.dropFirst(Self.prefix.count).dropLast(Self.suffix.count)
            .split(separator: "-", omittingEmptySubsequences: false)
        guard 1...2 ~= parts.count, let step = Int(parts[parts.count - 1]), step >= 0 else { return nil }
        self.init(run: parts.count == 2 ? String(parts[0]) : "", step: step)
    }

    var file: String {
        let number = String(step)
        let zeros = String(repeating: "0", count: max(0, 12 - number.count))
        return Self.prefix + (run.isEmpty ? "" : run + "-") + zeros + number + Self.suffix
    }

    static func < (left: Self, right: Self) -> Bool { (left.step, left.run) < (right.step, right.run) }

    /// The identity of a run that begins: no number of the training depends on it.
    static func newRun() -> String {
        let digits = String(UInt32.random(in: 0 ... .max), radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
