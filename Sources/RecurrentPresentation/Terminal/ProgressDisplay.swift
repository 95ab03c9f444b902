/// The progress of a command, on standard error, so that standard output holds only results.
///
/// On a terminal it is a single line with a bar, redrawn at most ten times a second:
///
///     temporal-xor  ━━━━━━━━━━━━━━──────────────────  43 %  loss 0.0812  941 steps/s  12 s left
///
/// In a log it is a plain line for each epoch, and nothing for work without epochs.
///
///     let progress = ProgressDisplay("seed 1")
///     progress.show(0.41, ["epoch 17/40", "loss 0.0812"])                    // after a step
///     progress.show(0.43, endsEpoch: true, ["epoch 18/40", "loss 0.0807"])   // after an epoch
///     progress.say("warning: the gradient vanishes")                         // a permanent line
///     progress.finish()                                                      // before results are printed
///
/// A class, because Swift 6.3 at -O loses changes to a struct that one closure captures and another calls.
package final class ProgressDisplay {
    /// The text before the bar or the line; may change as work proceeds.
    package var title: String
    private let screen: Screen
    private let now: () -> ContinuousClock.Instant
    /// The width of the line on the terminal, in columns; 0 if there is none.
    private var drawnWidth = 0
    private var lastDrawn: ContinuousClock.Instant?
    /// The progress when it was first shown, which is not 0 for work that was resumed.
    private var start: (fraction: Double, time: ContinuousClock.Instant)?

    package init(
        _ title: String = "", on screen: Screen = .standardError,
        now: @escaping () -> ContinuousClock.Instant = { .now }
    ) {
        self.title = title
        self.screen = screen
        self.now = now
    }

    /// Shows the progress of the work.
    ///
    /// - Parameters:
    ///   - fraction: the part of the work that is done, 0…1. The time left is estimated from its growth since the
    ///     first call; a call in which it shrinks counts as the first.
    ///   - endsEpoch: true if a log gets a line.
    ///   - texts: further words, the most important first; a narrow terminal leaves out the last ones. Evaluated only
    ///     if they are shown, so this may be called after every step.
    package func show(_ fraction: Double, endsEpoch: Bool = false, _ texts: @autoclosure () -> [String]) {
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

    /// Writes a permanent line above the bar.
    package func say(_ line: String) {
        finish()
        screen.write(line + "\n")
    }

    /// Removes the bar, which the next call to `show` draws again.
    package func finish() {
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
