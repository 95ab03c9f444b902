/// What a command tells of its work, on standard error, so that standard output holds results only.
///
/// On a terminal it is one line with a bar that is drawn over at most ten times a second:
///
///     temporal-xor  ━━━━━━━━━━━━━━──────────────────  43 %  loss 0.0812  941 steps/s  12 s left
///
/// Elsewhere, in a log, it is a plain line for each epoch, and nothing for work without epochs.
///
///     let progress = Progress("seed 1")
///     progress.show(0.41, ["epoch 17/40", "loss 0.0812"])                    // after a step
///     progress.show(0.43, endsEpoch: true, ["epoch 18/40", "loss 0.0807"])   // after an epoch
///     progress.say("warning: the gradient vanishes")                         // a line that stays
///     progress.finish()                                                      // before results are printed
///
/// A class: it is handed down to what works and changed there, and Swift 6.3 at -O loses changes of a struct that one
/// closure captures and another calls.
final class Progress {
    /// What stands before the bar or the line; may be changed on the way.
    var title: String
    private let screen: Screen
    private let now: () -> ContinuousClock.Instant
    /// The columns of the line that stands on the terminal; 0 if there is none.
    private var drawnWidth = 0
    private var lastDrawn: ContinuousClock.Instant?
    /// Where the work stood when it was first shown. It may have been gone on with, and so have begun far from zero.
    private var start: (fraction: Double, time: ContinuousClock.Instant)?

    init(
        _ title: String = "", on screen: Screen = .standardError,
        now: @escaping () -> ContinuousClock.Instant = { .now }
    ) {
        self.title = title
        self.screen = screen
        self.now = now
    }

    /// Shows how far the work is.
    ///
    /// - Parameters:
    ///   - fraction: of the work that is done, 0…1. Time left is told from its growth since the first call; when it
    ///     shrinks, that call counts as the first.
    ///   - endsEpoch: whether this is one of the lines of a log.
    ///   - texts: what else to say, the most important first; on a narrow terminal the last ones are left out. Evaluated
    ///     only if they are shown, so that this may be called after every step.
    func show(_ fraction: Double, endsEpoch: Bool = false, _ texts: @autoclosure () -> [String]) {
        let time = now()
        if start == nil || fraction < start?.fraction ?? 0 { start = (fraction, time) }
        if let lastDrawn, time - lastDrawn < .milliseconds(100) { return }
        guard let width = screen.width() else {
            if endsEpoch {
                let left = timeLeft(at: fraction, time)
                screen.write(
                    ([title] + texts() + [left]).filter { !$0.isEmpty }.joined(separator: ", ") + "\n")
            }
            return
        }
        lastDrawn = time
        draw(
            ProgressBar(
                fraction: fraction, title: title, texts: texts(), timeLeft: timeLeft(at: fraction, time)),
            width: width - 1)
    }

    /// Writes a line that stays, above the bar.
    func say(_ line: String) {
        finish()
        screen.write(line + "\n")
    }

    /// Removes the bar. Another may follow.
    func finish() {
        guard drawnWidth > 0 else { return }
        screen.write("\r\(String(repeating: " ", count: drawnWidth))\r")
        (drawnWidth, lastDrawn) = (0, nil)
    }

    private func timeLeft(at fraction: Double, _ time: ContinuousClock.Instant) -> String {
        guard let start, fraction > start.fraction, fraction < 1 else { return "" }
        let seconds = (time - start.time) / .seconds(1)
        return duration(seconds: seconds * (1 - fraction) / (fraction - start.fraction)) + " left"
    }

    private func draw(_ bar: ProgressBar, width: Int) {
        let (line, columns) = bar.line(width: width, colours: screen.hasColours)
        let padding = String(repeating: " ", count: max(0, min(drawnWidth, width) - columns))
        screen.write("\r" + line + padding)
        drawnWidth = columns
    }
}
