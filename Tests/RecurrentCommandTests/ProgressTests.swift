import Foundation
import Recurrent
import Testing

@testable import RecurrentCommand
@testable import RecurrentPresentation

@Suite struct ProgressTests {
    /// A screen that keeps what is written, and a clock that is set by hand.
    private final class Recorder {
        var written: [String] = []
        var width: Int?
        var seconds = 0.0
        private let origin = ContinuousClock.now

        init(width: Int?) { self.width = width }

        func progress(_ title: String = "", colours: Bool = false) -> ProgressDisplay {
            let screen = Screen(
                width: { self.width }, hasColours: colours, write: { self.written.append($0) })
            return ProgressDisplay(title, on: screen, now: { self.origin + .seconds(self.seconds) })
        }
    }

    @Test(arguments: [
        (0.0, "0 s"), (0.4, "0 s"), (12, "12 s"), (59.6, "1 min 00 s"), (200, "3 min 20 s"),
        (3599.4, "59 min 59 s"), (3600, "1 h 00 min"), (3725, "1 h 02 min"), (360_000, "100 h 00 min"),
        (-1, "unknown"), (.nan, "unknown"), (.infinity, "unknown"),
    ])
    func timesAreWordsForPeople(seconds: Double, text: String) {
        #expect(duration(seconds: seconds) == text)
    }

    @Test func theBarTakesWhatTheWordsLeaveIt() {
        let bar = ProgressBar(
            fraction: 0.5, title: "a", texts: ["epoch 2/4", "loss 0.1"], timeLeft: "12 s left")
        func line(_ width: Int) -> String { bar.line(width: width, colours: false).text }
        let half = String(repeating: "━", count: 20) + String(repeating: "─", count: 20)
        #expect(line(200) == "a  \(half)  50 %  epoch 2/4  loss 0.1  12 s left")
        #expect(line(51) == "a  ━━━━━─────  50 %  epoch 2/4  loss 0.1  12 s left")
        #expect(line(50) == "a  ━━━━━━━━━──────────  50 %  epoch 2/4  12 s left")
        #expect(line(39) == "a  ━━━━━━━━━──────────  50 %  12 s left")
        #expect(line(19) == "a  ━━━━━─────  50 %" && line(18) == "a  50 %" && line(3) == "a  ")
        for width in 0..<120 { #expect(line(width).count <= width) }
    }

    @Test func fractionsOutOfRangeAreShownAsTheirEnds() {
        func line(_ fraction: Double) -> String {
            ProgressBar(fraction: fraction, title: "", texts: [], timeLeft: "").line(
                width: 17, colours: false
            ).text
        }
        #expect(line(-1) == "────────────  0 %" && line(7) == "━━━━━━━━━━  100 %")
        #expect(line(.nan) == line(0) && line(.infinity) == line(0))
    }

    @Test func coloursTakeNoColumns() {
        let bar = ProgressBar(fraction: 0.5, title: "", texts: [], timeLeft: "")
        let (text, columns) = bar.line(width: 30, colours: true)
        #expect(text.contains("\u{1B}[32m") && columns == bar.line(width: 30, colours: false).columns)
    }

    @Test func aTerminalIsDrawnOverAtMostTenTimesASecond() {
        let recorder = Recorder(width: 40)
        let progress = recorder.progress()
        var evaluated = 0
        func text() -> String {
            evaluated += 1
            return "loss 1"
        }
        for step in 0...1000 {
            recorder.seconds = Double(step) / 1000
            progress.show(Double(step) / 1000, [text()])
        }
        #expect(10...11 ~= recorder.written.count && evaluated == recorder.written.count)
        #expect(recorder.written.allSatisfy { $0.hasPrefix("\r") && !$0.contains("\n") && $0.count == 40 })
        #expect(recorder.written.allSatisfy { $0.contains("loss 1") })
        progress.finish()
        #expect(recorder.written.last == "\r\(String(repeating: " ", count: 39))\r")
        let count = recorder.written.count
        progress.finish()
        #expect(recorder.written.count == count, "there is nothing left to remove")
    }

    @Test func aShorterLineLeavesNothingOfALongerOne() {
        let recorder = Recorder(width: 80)
        let progress = recorder.progress()
        progress.show(0, ["a long text that is gone the next time"])
        recorder.seconds = 1
        progress.show(0, [])
        #expect(recorder.written[0].count == recorder.written[1].count && recorder.written[1].hasSuffix(" "))
    }

    @Test func aWindowThatShrinksIsNotOverfilled() {
        let recorder = Recorder(width: 100)
        let progress = recorder.progress()
        progress.show(0, ["a text", "another text", "one more text"])
        (recorder.width, recorder.seconds) = (40, 1)
        progress.show(0, ["a text", "another text", "one more text"])
        #expect(recorder.written[1].count <= 40)
    }

    @Test func aLogHasALineAnEpochAndNothingElse() {
        let recorder = Recorder(width: nil)
        let progress = recorder.progress("seed 1")
        for step in 1...8 {
            recorder.seconds = Double(step)
            progress.show(Double(step) / 8, endsEpoch: step % 4 == 0, ["step \(step)"])
        }
        progress.finish()
        #expect(recorder.written == ["seed 1, step 4, 4 s left\n", "seed 1, step 8\n"])
    }

    @Test func timeLeftCountsFromWhereTheWorkBegan() {
        let recorder = Recorder(width: nil)
        let progress = recorder.progress()
        // Gone on with at a half; then, in four seconds, a quarter.
        progress.show(0.5, [])
        recorder.seconds = 4
        progress.show(0.75, endsEpoch: true, ["a"])
        // Gone back, and as fast as before.
        progress.show(0.25, [])
        recorder.seconds = 8
        progress.show(0.5, endsEpoch: true, ["b"])
        #expect(recorder.written == ["a, 4 s left\n", "b, 8 s left\n"])
    }

    @Test func whatIsSaidStaysAboveTheBar() {
        let recorder = Recorder(width: 40)
        let progress = recorder.progress()
        progress.show(0.5, [])
        progress.say("a warning")
        progress.show(0.5, [])
        #expect(recorder.written.count == 4)
        #expect(recorder.written[1].hasSuffix(" \r") && recorder.written[2] == "a warning\n")
        #expect(recorder.written[3] == recorder.written[0])
    }

    @Test func theEnvironmentDecidesOnColours() {
        #expect(Screen.allowsColours([:]) && Screen.allowsColours(["NO_COLOR": "", "TERM": "xterm"]))
        #expect(!Screen.allowsColours(["NO_COLOR": "1"]) && !Screen.allowsColours(["TERM": "dumb"]))
    }
}

@Suite struct NetworkWordsTests {
    private func layer(
        _ width: Int, _ activation: Activation = .tanh, _ directions: Directions = .forward,
        bias: Bool = true, recurrent: Bool = true
    ) -> RecurrentLayer {
        RecurrentLayer(
            .elman(activation), stateWidth: width, directions: directions, bias: bias,
            recurrent: recurrent)
    }

    @Test func aNetworkIsSaidInWords() {
        let vowels = NetworkConfiguration(
            inputWidth: 12, stateWidth: 64, outputWidth: 9, output: .softmax, directions: .bidirectional,
            readOut: .lastStep)
        #expect(
            vowels.words
                == "12 inputs, 64 bidirectional tanh units, 9 softmax outputs, one output per sequence (last step)"
        )
        #expect(
            NetworkConfiguration(inputWidth: 1, stateWidth: 1, outputWidth: 1).words
                == "1 input, 1 tanh unit, 1 linear output")
        let text = NetworkConfiguration(
            inputWidth: 30, stateWidth: 8, outputWidth: 30, layers: 2, cell: .elman(.relu), output: .softmax,
            outputBias: false, embeddingWidth: 6, dropout: 0.25, stateDropout: 0.5, learnsInitialState: true)
        #expect(
            text.words
                == "30 tokens embedded in 6 numbers, 2 layers of 8 relu units, 30 softmax outputs without bias, initial state learned, dropout 0.25, state dropout 0.5"
        )
        let mixed = NetworkConfiguration(
            inputWidth: 2,
            layers: [
                layer(3, .sigmoid, recurrent: false), layer(4, .identity, .bidirectionalSum, bias: false),
            ],
            outputWidth: 2, output: .sigmoid, readOut: .meanOverSteps)
        #expect(
            mixed.words
                == "2 inputs, 3 sigmoid units without recurrence, then 4 summed bidirectional identity units without bias, 2 sigmoid outputs, one output per sequence (mean over steps)"
        )
    }
}
