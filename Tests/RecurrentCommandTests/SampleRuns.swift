import Foundation
import Recurrent

@testable import RecurrentCommand
@testable import RecurrentPresentation

/// A made-up run with all the events of a real one.
struct SampleRun {
    let description: RunDescription
    var events: [RunEvent] = []

    init(
        _ application: String, measure: Measure, trainings: Int = 1, folds: Int = 1, clipNorm: Double? = 1,
        cell: CellKind? = nil, facts: [RunDescription.Fact] = []
    ) {
        description = RunDescription(
            application: application, measure: measure,
            arguments: [application, "--epochs", "40", "--columns", "a b", "--words"],
            began: "2026-11-23T09:30:00Z", trainings: trainings, folds: folds,
            network: "1 input, 24 tanh units, 1 linear output", parameters: 673, cell: cell, facts: facts,
            clipNorm: clipNorm)
    }

    func page(isFinished: Bool = true) -> String {
        var record = RunRecord()
        for event in events { record.add(event) }
        return ReportPage(description, record, isFinished ? .finished : .running).html
    }

    /// Adds the events of a training: losses fall and scatter, and a few gradients are huge.
    mutating func train(
        _ training: Int, seed: UInt64, fold: Int = 1, epochs: Int, steps: Int, score: Double? = nil
    ) {
        var generator = RandomGenerator(seed: seed &* 31 &+ UInt64(fold))
        func scatter() -> Double { Double(generator.next() >> 11) / 9_007_199_254_740_992 }
        events.append(.training(TrainingBegin(training: training, seed: seed, fold: fold, epochs: epochs)))
        for epoch in 1...epochs {
            let done = Double(epoch) / Double(epochs)
            let loss = 0.05 + exp(-4 * done)
            for step in 1...steps {
                let norm = scatter() < 0.01 ? 30 * scatter() : 0.2 + loss * (0.5 + scatter())
                events.append(
                    .step(
                        StepRecord(
                            training: training, step: (epoch - 1) * steps + step, epoch: epoch,
                            loss: loss * (0.6 + 0.8 * scatter()), gradientNorm: norm, clipped: norm > 1,
                            learningRate: 0.02 * (1 - done), stepsPerSecond: 1250)))
            }
            events.append(
                .epoch(
                    EpochRecord(
                        training: training, epoch: epoch, step: epoch * steps, loss: loss,
                        validationLoss: 0.08 + exp(-3.5 * done) + 0.12 * done * done + 0.02 * scatter(),
                        best: epoch == epochs * 3 / 4, clipRate: 0.3 * (1 - done), saturation: 0.18 * done)))
        }
        if let score {
            events.append(
                .result(
                    TrainingResult(
                        training: training, seed: seed, fold: fold, epoch: max(epochs * 3 / 4, 1),
                        score: score,
                        seconds: 12.34)))
        }
    }

    /// Adds a diagnosis.
    ///
    /// - Parameters:
    ///   - factors: the factor of the gradient for each step back, for each direction of each layer.
    ///   - radius: the spectral radius.
    mutating func diagnose(epoch: Int, factors: [Double], radius: Double, steps: Int = 60, width: Int = 24) {
        let cells = factors.enumerated().map { index, factor in
            let norms = (0..<steps).map {
                0.3 * pow(factor, Double(steps - 1 - $0)) * (1 + 0.2 * sin(Double($0)))
            }
            let reverse = factors.count > 1 && index % 2 == 1
            let angles = (0..<width).map { 2 * Double.pi * (Double($0) + 0.5) / Double(width) }
            return Diagnosis.Cell(
                layer: factors.count > 1 ? index / 2 + 1 : 1, reverse: reverse,
                stateGradientNorms: reverse ? norms.reversed() : norms,
                singularValues: (0..<width).map { radius * 1.4 * (1 - Double($0) / Double(width)) },
                eigenvalues: angles.enumerated().map { place, angle in
                    let size = radius * (1 - 0.6 * Double(place % 4) / 4)
                    return [size * cos(angle), size * sin(angle)]
                },
                saturation: 0.12)
        }
        events.append(.diagnosis(Diagnosis(training: 1, epoch: epoch, cells: cells)))
    }

    /// Adds a diagnosis of a gated cell after each epoch, with the mean of its forget gate if it is an LSTM's.
    mutating func diagnoseGates(epochs: Int, forgetGate: ((Int) -> Double)?) {
        for epoch in 1...epochs {
            let norms = (0..<60).map { 0.3 * pow(0.97, Double(59 - $0)) }
            let cell = Diagnosis.Cell(
                layer: 1, reverse: false, stateGradientNorms: norms, singularValues: [], eigenvalues: [],
                saturation: 0.2, forgetGate: forgetGate?(epoch))
            events.append(.diagnosis(Diagnosis(training: 1, epoch: epoch, cells: [cell])))
        }
    }

    /// A run with an LSTM or a GRU.
    static func gated(_ cell: CellKind) -> SampleRun {
        var run = SampleRun(cell.rawValue, measure: bits, cell: cell)
        run.train(1, seed: 1, epochs: 8, steps: 50, score: 1.5)
        run.diagnoseGates(epochs: 8, forgetGate: cell == .lstm ? { 0.7 + 0.025 * Double($0) } : nil)
        return run
    }

    static let error = Measure(name: "RMSE", isBetterWhenLower: true, decimals: 2)
    static let accuracy = Measure(name: "accuracy", isBetterWhenLower: false, decimals: 4)
    static let bits = Measure(name: "bits per character", isBetterWhenLower: true, decimals: 3)

    /// Five seeds of a forecast.
    static var forecast: SampleRun {
        var run = SampleRun(
            "forecast", measure: error, trainings: 5,
            facts: [
                RunDescription.Fact(
                    name: "series", value: "sunspots, monthly means, 3,130 values from 1749-01"),
                RunDescription.Fact(
                    name: "split", value: "fitted to 2,056, epoch chosen on 480, tested on 594"),
                RunDescription.Fact(
                    name: "optimiser", value: "SGD with momentum 0.9, learning rate 0.02 falling to 0"),
                RunDescription.Fact(name: "clipping", value: "norm 1"),
            ])
        run.events.append(
            .baselines(
                Baselines(entries: [
                    Baselines.Entry(name: "persistence (the value before)", score: 18.48),
                    Baselines.Entry(name: "AR(12), least squares", score: 16.88),
                    Baselines.Entry(name: "AR(36), least squares", score: 16.55),
                ])))
        for (index, score) in [16.31, 16.42, 16.28, 16.5, 16.36].enumerated() {
            if index == 0 { run.diagnose(epoch: 0, factors: [0.99], radius: 1) }
            run.train(index + 1, seed: UInt64(index + 1), epochs: 40, steps: 62, score: score)
            if index == 0 { run.diagnose(epoch: 40, factors: [0.83], radius: 0.94) }
        }
        func value(_ month: Int) -> Double {
            let phase = sin(Double(month) * .pi / 131)
            return 160 * phase * phase + 12 * abs(sin(Double(month * month)))
        }
        let observed = (0..<742).map(value)
        let forecast = (742..<874).map { value($0) * 0.9 }
        let labels = (8..<750).map { (month: Int) -> String in
            String(format: "%04d-%02d", 1947 + month / 12, month % 12 + 1)
        }
        run.events.append(
            .finding(
                .forecast(
                    ForecastFinding(
                        name: "sunspots", observed: observed, labels: labels, start: 2388,
                        predicted: observed[148...].map { $0 * 0.92 + 5 }, forecast: forecast,
                        lower: forecast.map { max(0, $0 - 28) }, upper: forecast.map { $0 + 28 },
                        coverage: 0.9))))
        return run
    }

    /// A classification into nine classes with ten folds, by a network of two layers that read both ways.
    static var confusion: SampleRun {
        var run = SampleRun("classify", measure: accuracy, trainings: 20, folds: 10, clipNorm: nil)
        run.diagnose(epoch: 1, factors: [0.9, 0.95, 1, 0.6], radius: 0.99, steps: 29, width: 64)
        for training in 0..<20 {
            run.train(
                training + 1, seed: UInt64(training / 10 + 1), fold: training % 10 + 1, epochs: 25, steps: 9,
                score: 0.97 + Double(training % 7) / 300)
        }
        run.diagnose(epoch: 25, factors: [0.8, 1.3, 1, 0.5], radius: 1.08, steps: 29, width: 64)
        run.events.append(
            .warning(
                Warning(training: 3, text: "40 % of the states are saturated; try a smaller learning rate")))
        let labels = (1...9).map { "speaker \($0)" }
        let counts = (0..<9).map { row in
            (0..<9).map { $0 == row ? 28 + row * 11 : ($0 * row) % 5 == 3 ? 2 : 0 }
        }
        run.events.append(.finding(.confusion(ConfusionMatrix(labels: labels, counts: counts))))
        let kinds = (0..<15).map { "\($0)" }
        let many = (0..<15).map { row in (0..<15).map { $0 == row ? 1200 : ($0 + row) % 4 == 0 ? 17 : 0 } }
        run.events.append(.finding(.confusion(ConfusionMatrix(labels: kinds, counts: many))))
        run.events.append(
            .finding(.confusion(ConfusionMatrix(labels: ["no", "yes"], counts: [[40, 3], [8, 51]]))))
        return run
    }

    /// A text generator in the middle of its first training.
    static var sample: SampleRun {
        var run = SampleRun("generate", measure: bits, clipNorm: 5)
        run.train(1, seed: 7, epochs: 12, steps: 400)
        run.diagnose(epoch: 12, factors: [1.16], radius: 1.3, steps: 100, width: 200)
        let text = """
            the river bent to the north, and where it bent there stood a mill.
            no one had ground corn in it since the old miller went away;
            <but> every "spring" the wheel turned, and every autumn it stopped.

            anunusuallylongwordwithoutanyspacesthatmustbebrokensomewhereorelseitleavesitsboxonaphone
            """
        let symbols = text.enumerated().map { index, character in
            SampledText.Symbol(
                text: String(character), probability: pow(abs(sin(Double(index * index))), 1.7))
        }
        run.events.append(
            .finding(.sample(SampledText(prompt: "once upon a time ", temperature: 0.8, symbols: symbols))))
        return run
    }
}
