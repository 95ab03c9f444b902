import RecurrentCharts
import Foundation
import Testing

@testable import RecurrentCommand
@testable import RecurrentPresentation

@Suite struct ReportTests {
    /// Checks what holds for every page.
    private func check(_ page: String, isFinished: Bool = true) {
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
        for word in ["<script", "<link", "@import", "src=", "url(", "=\"nan", "NaN", ",nan", " nan", "\"inf"]
        {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(page.contains("http-equiv=\"refresh\"") == !isFinished)
        #expect(
            page.components(separatedBy: "http").count - 1 == page.components(
                separatedBy: "http://www.w3.org/2000/svg"
            ).count - 1 + (isFinished ? 0 : 1))
        for tag in ["svg", "figure", "section", "div", "table", "p", "span", "ul", "pre"] {
            let opened =
                page.components(separatedBy: "<\(tag)>").count
                + page.components(separatedBy: "<\(tag) ").count
            #expect(opened - 1 == page.components(separatedBy: "</\(tag)>").count, "\(tag)")
        }
        #expect(page.utf8.count < 2_000_000)
    }

    /// Writes a page for `make browser-check`.
    private func write(_ page: String, as name: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(".build/report-samples")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(page.utf8).write(to: folder.appendingPathComponent("\(name).html"))
    }

    @Test func theSamplesAreWholePages() throws {
        var broken = SampleRun("broken", measure: SampleRun.error)
        broken.train(1, seed: 1, epochs: 1, steps: 1)
        broken.events.append(step(2, loss: .nan, norm: .infinity))
        let pages = [
            ("forecast", SampleRun.forecast, true), ("confusion", .confusion, true),
            ("sample", .sample, false), ("lstm", .gated(.lstm), true), ("gru", .gated(.gru), true),
            ("broken", broken, true), ("empty", SampleRun("empty", measure: SampleRun.error), false),
        ]
        for (name, run, isFinished) in pages {
            let page = run.page(isFinished: isFinished)
            check(page, isFinished: isFinished)
            #expect(page == run.page(isFinished: isFinished), "the same run gives the same page")
            try write(page, as: name)
        }
    }

    @Test func theExplanationIsAPageOfTheSameKind() throws {
        let example = try ExplainedCase(
            ExplainedCase.example, from: "the worked example of the documentation",
            on: ExplainedCase.exampleSequence, target: .values([0.25]), loss: .halfSquaredError)
        let page = example.explanation.html
        check(page)
        #expect(page.contains(PageStyle.css))
        try write(page, as: "explanation")
    }

    private func step(_ step: Int, loss: Double, norm: Double = 1) -> RunEvent {
        .step(
            StepRecord(
                training: 1, step: step, epoch: 1 + step / 1000, loss: loss, gradientNorm: norm,
                clipped: norm > 1, learningRate: 0.1, stepsPerSecond: 1000))
    }

    @Test func aMillionStepsFitIntoAPageAndKeepTheirExtremes() {
        let run = SampleRun("long", measure: SampleRun.error)
        var record = RunRecord()
        let clock = ContinuousClock()
        let time = clock.measure {
            for index in 1...1_000_000 {
                let loss = index == 654_321 ? 1234.5 : 1 + Double(index * 7919 % 1000) / 1000
                record.add(step(index, loss: loss, norm: index == 123_456 ? 1e-9 : 2))
            }
        }
        let begin = clock.now
        let page = ReportPage(run.description, record, .finished).html
        #expect(time < .seconds(10) && clock.now - begin < .seconds(2))
        check(page)
        #expect(page.utf8.count < 200_000)
        #expect(record.stepCount == 1_000_000 && page.contains("1,000,000 steps"))
        let losses = record.first?.stepLoss.points ?? []
        #expect(losses.contains(Point(654_321, 1234.5)) && losses.count <= 1200)
        #expect(record.first?.gradientNorm.points.contains(Point(123_456, 1e-9)) == true)
    }

    @Test func aThousandTrainingsStayAPage() {
        var run = SampleRun("many", measure: SampleRun.error, trainings: 1000)
        for training in 1...1000 {
            run.train(
                training, seed: UInt64(training), epochs: 150, steps: 1, score: 1 + Double(training % 10))
        }
        let page = run.page()
        check(page)
        #expect(page.utf8.count < 400_000)
        #expect(page.contains("mean ± standard deviation over 1000 seeds; median 5.50"))
        #expect(page.contains("The first 50 are drawn.") && page.contains("And 500 more."))
    }

    @Test func largeNetworksAndManyClassesStayAPage() {
        var run = SampleRun("large", measure: SampleRun.accuracy)
        for epoch in 1...2 {
            run.diagnose(
                epoch: epoch, factors: Array(repeating: 0.9, count: 8), radius: 1, steps: 10_000, width: 2048)
        }
        let labels = (0..<100).map { "class number \($0)" }
        run.events.append(
            .finding(
                .confusion(ConfusionMatrix(labels: labels, counts: labels.map { _ in labels.map { _ in 5 } }))
            ))
        check(run.page())
    }

    @Test func theScoreOfASeedIsTheMeanOverItsFolds() {
        func result(_ seed: UInt64, _ fold: Int, _ score: Double) -> TrainingResult {
            TrainingResult(training: 1, seed: seed, fold: fold, epoch: 1, score: score, seconds: 1)
        }
        let results = [result(2, 1, 5), result(1, 1, 1), result(1, 2, 3), result(2, 2, 7), result(3, 1, 100)]
        let scores = ScoreSummary(results, folds: 2)
        #expect(scores.seeds.map(\.seed) == [1, 2] && scores.seeds.map(\.score) == [2, 6])
        #expect(scores.mean == 4 && scores.median == 4 && scores.deviation == 8.0.squareRoot())
        #expect(ScoreSummary([], folds: 1).mean == nil && ScoreSummary(results, folds: 5).median == nil)
    }

    @Test func theNetworkStandsInItsPlaceAmongTheBaselines() throws {
        let page = SampleRun.forecast.page()
        #expect(page.contains("16.37 <small>± 0.09</small>"))
        let rows = page.components(separatedBy: "<tr").filter {
            $0.contains("this network") || $0.contains("AR(") || $0.contains("persistence")
        }
        #expect(rows.map { $0.contains("this network") } == [true, false, false, false])
        #expect(rows.map { $0.hasPrefix(" class=\"strong\"") } == [true, false, false, false])
        #expect(page.contains("clipped above 1<") && page.contains("epoch kept: 30"))
        var better = SampleRun("b", measure: SampleRun.accuracy)
        better.train(1, seed: 1, epochs: 1, steps: 1, score: 0.5)
        better.events.append(
            .baselines(
                Baselines(entries: [
                    Baselines.Entry(name: "chance", score: 0.6), Baselines.Entry(name: "broken", score: .nan),
                ])))
        let order = better.page().components(separatedBy: "<td>").dropFirst().map {
            String($0.prefix { $0 != "<" })
        }
        #expect(order.prefix(3) == ["chance", "this network", "broken"])
    }

    @Test func theFlowOfTheGradientIsToldInWords() {
        func flow(_ factor: Double, isReverse: Bool = false) -> GradientFlow {
            let back = (0..<101).map { 8 * pow(factor, Double($0)) }
            return GradientFlow(isReverse ? back : back.reversed(), isReverse: isReverse)
        }
        let half = flow(0.5)
        #expect(
            half.verdict == .vanishes && abs(half.factor - 0.5) < 1e-12 && half.reach == 7
                && half.steps == 100)
        #expect(half.words.contains("multiplied by about 0.500. After 7 steps less than 1 %"))
        #expect(flow(0.5, isReverse: true).reach == 7 && flow(0.5, isReverse: true).verdict == .vanishes)
        #expect(flow(2).verdict == .explodes && flow(2).reach == nil)
        #expect(flow(2).words.contains("over 100 steps by 1.27·10³⁰"))
        #expect(
            flow(0.99).verdict == .keepsItsSize && flow(1).headline.contains("neither vanishes nor explodes"))
        #expect(GradientFlow([0, 0], isReverse: false).verdict == .isZero)
        #expect(GradientFlow([], isReverse: false).verdict == .isZero)
        #expect(GradientFlow([1, .infinity, 1], isReverse: false).verdict == .isNotFinite)
        #expect(GradientFlow([3], isReverse: false).verdict == .keepsItsSize)
        // Norms that underflow to zero; and last states that no loss depends on.
        #expect(GradientFlow([0, 0, 1e-300, 1], isReverse: false).verdict == .vanishes)
        #expect(GradientFlow([1, 2, 4, 0, 0], isReverse: false).steps == 2)
    }

    /// 0.9⁷ < ½ < 0.9⁶
    @Test func theForgetGateIsToldInWords() {
        let lstm = SampleRun.gated(.lstm).page()
        #expect(lstm.contains("The forget gate is 0.900 on average (epoch 1: 0.725)"))
        #expect(lstm.contains("multiplied by that, c is halved within 7 steps."))
        let gru = SampleRun.gated(.gru).page()
        for page in [lstm, gru] {
            #expect(page.contains("Saturated gates") && page.contains("gates saturated"))
            #expect(!page.contains("derivative of the activation") && !page.contains("Eigenvalues"))
        }
        #expect(!gru.contains("orget gate") && gru.contains("update gate"))
    }

    @Test func namesAreTextWhateverTheyAre() {
        let name = "<script>alert(\"&\")</script>"
        var run = SampleRun(
            name, measure: Measure(name: name, isBetterWhenLower: true, decimals: -3),
            facts: [RunDescription.Fact(name: name, value: name)])
        run.train(1, seed: 1, epochs: 1, steps: 1, score: 1)
        run.events += [
            .warning(Warning(training: 1, text: name)),
            .baselines(Baselines(entries: [Baselines.Entry(name: name, score: 1)])),
            .finding(.confusion(ConfusionMatrix(labels: [name, "b"], counts: [[1, 1]]))),
            .finding(
                .sample(
                    SampledText(
                        prompt: name, temperature: 1,
                        symbols: [SampledText.Symbol(text: name, probability: .nan)]))),
            .finding(
                .forecast(
                    ForecastFinding(
                        name: name, observed: [1], labels: [name], start: 0, predicted: [],
                        forecast: [1, .nan],
                        lower: [1], upper: [], coverage: 2))),
        ]
        check(run.page())
        #expect(run.page().contains("&lt;script&gt;alert(&quot;&amp;&quot;)"))
    }

    @Test func aResumedRunTellsTheSameOnce() {
        var run = SampleRun("resumed", measure: SampleRun.error)
        run.train(1, seed: 1, epochs: 4, steps: 10)
        let half = run.events.prefix(30)
        var resumed = run
        resumed.events = Array(half) + run.events.dropFirst(12)
        var (records, all) = ([RunRecord(), RunRecord()], [run.events, resumed.events])
        for index in records.indices { for event in all[index] { records[index].add(event) } }
        all = []
        #expect(records[0].first?.stepLoss.points == records[1].first?.stepLoss.points)
        #expect(records[0].first?.loss.points == records[1].first?.loss.points)
    }

    @Test func numbersReadWell() {
        let numbers: [Double] = [0, 1, -1.5, 1235, 0.00012345, 1e-9, 1.5e30]
        #expect(
            numbers.map { number($0) } == [
                "0", "1.00", "−1.50", "1235", "0.000123", "1.00·10⁻⁹", "1.50·10³⁰",
            ])
        #expect([0, 999, 1000, -1_234_567].map(grouped) == ["0", "999", "1,000", "−1,234,567"])
        #expect(number(.nan) == "not a number" && percent(.nan) == "—" && aligned(1e300, 2) == "1.00·10³⁰⁰")
    }
}
