import RecurrentCharts

extension ReportPage {
    /// The curves of the first training.
    var training: String {
        guard let training = record.first else { return "" }
        let figures = [
            lossFigure(training), stepLossFigure(training), gradientFigure(training),
            learningRateFigure(training), saturationFigure(training), lastValues(training),
        ].compactMap { $0 }
        let seed = training.begin.map { " (seed \($0.seed))" } ?? ""
        let which =
            description.trainings > 1 ? "The first of \(description.trainings) trainings\(seed). " : ""
        return section(
            "training", title: "Training",
            introduction: which + "Curves with many steps are thinned; their extremes are kept.",
            [grid(figures)])
    }

    private func lossFigure(_ training: TrainingRecord) -> Figure? {
        guard training.loss.count > 0 else { return nil }
        var chart = LineChart("Loss after each epoch")
        chart.x.name = "epoch"
        chart.lines = [
            LineChart.Line("training", .blue, training.loss.points),
            LineChart.Line("validation", .orange, training.validationLoss.points),
        ].filter { !$0.points.isEmpty }
        chart.y.kind = kind(of: chart.lines)
        if let kept = training.result?.epoch ?? training.bestEpoch {
            chart.references = [
                LineChart.Reference("epoch kept: \(kept)", at: Double(kept), isVertical: true)
            ]
        }
        let caption =
            training.validationLoss.count > 0
            ? "If the training loss keeps falling while the validation loss rises, the network overfits. The parameters of the epoch with the best validation loss are kept."
            : "The mean over the steps of the epoch. Without validation data it does not show whether the network overfits."
        return Figure(chart, caption)
    }

    private func stepLossFigure(_ training: TrainingRecord) -> Figure? {
        guard training.stepLoss.count > 0 else { return nil }
        var chart = LineChart("Loss of each step")
        chart.x.name = "step"
        let isLong = training.stepLoss.count > 200
        chart.lines = [
            LineChart.Line("steps", .blue, training.stepLoss.points, style: isLong ? .faint : .plain)
        ]
        chart.y.kind = kind(of: chart.lines)
        if isLong { chart.lines.append(LineChart.Line("mean", .blue, training.stepLoss.means(80))) }
        return Figure(
            chart,
            "Every step is on another batch, so the losses of single steps scatter; the mean shows the trend."
        )
    }

    private func gradientFigure(_ training: TrainingRecord) -> Figure? {
        guard training.gradientNorm.count > 0 else { return nil }
        var chart = LineChart("Norm of the gradient")
        chart.x.name = "step"
        chart.y.kind = .logarithmic
        chart.lines = [LineChart.Line("before clipping", .purple, training.gradientNorm.points)]
        if let limit = description.clipNorm, limit > 0, limit.isFinite {
            chart.references = [LineChart.Reference("clipped above \(plain(limit))", at: limit)]
        }
        let share = training.lastEpoch.map {
            " In the last epoch \(percent($0.clipRate)) of the steps were clipped."
        }
        let limited =
            description.clipNorm == nil
            ? " It is not clipped here."
            : " Larger gradients are therefore scaled down to the limit.\(share ?? "")"
        return Figure(chart, "A single huge gradient can undo what has been learned.\(limited)")
    }

    private func learningRateFigure(_ training: TrainingRecord) -> Figure? {
        guard training.learningRate.count > 0 else { return nil }
        var chart = LineChart("Learning rate")
        chart.x.name = "step"
        chart.y.includesZero = true
        chart.lines = [LineChart.Line("learning rate", .green, training.learningRate.points)]
        return Figure(
            chart,
            "The size of the steps along the gradient: large ones at first for progress, small ones at the end to converge."
        )
    }

    private func saturationFigure(_ training: TrainingRecord) -> Figure? {
        guard training.saturation.count > 0 else { return nil }
        let isGated = cell.isGated
        var chart = LineChart("Saturated \(isGated ? "gates" : "states"), in %")
        chart.x.name = "epoch"
        chart.y.includesZero = true
        chart.lines = [
            LineChart.Line("saturated", .orange, training.saturation.points.map { Point($0.x, $0.y * 100) })
        ]
        let caption =
            isGated
            ? "The share of the values of gates and candidates where the derivative of their σ or tanh is below 2 % of its largest value. A gate that is open or closed for good may be just what holds a state; but hardly any gradient reaches what controls it."
            : "The share of states where the derivative of the activation is below 2 % of its largest value. They hardly change, and hardly any gradient passes through them."
        return Figure(chart, caption)
    }

    /// The last values as numbers.
    private func lastValues(_ training: TrainingRecord) -> Figure? {
        var rows: [(String, String)] = []
        if let step = training.lastStep {
            rows += [
                ("step", grouped(step.step)), ("loss of the step", number(step.loss, digits: 4)),
                ("norm of its gradient", number(step.gradientNorm, digits: 4)),
                ("learning rate", plain(step.learningRate)),
                ("steps a second", number(step.stepsPerSecond)),
            ]
        }
        if let epoch = training.lastEpoch {
            rows += [("epoch", grouped(epoch.epoch)), ("loss of the epoch", number(epoch.loss, digits: 4))]
            rows += epoch.validationLoss.map { [("validation loss", number($0, digits: 4))] } ?? []
            rows += description.clipNorm == nil ? [] : [("steps clipped", percent(epoch.clipRate))]
            let values = cell.isGated ? "gates" : "states"
            rows.append(("\(values) saturated", percent(epoch.saturation, 1)))
        }
        guard !rows.isEmpty else { return nil }
        return Figure(
            "Where the training stands", shape: .column,
            body: definitions(rows.map { ($0.0, escaped($0.1)) }, class: "numbers"), "")
    }

    /// Logarithmic if the values are positive and the largest is more than 50 times the least.
    private func kind(of lines: [LineChart.Line]) -> Scale.Kind {
        let values = lines.flatMap { $0.points.map(\.y) }.filter(\.isFinite)
        guard let least = values.min(), let most = values.max(), least > 0 else { return .linear }
        return most / least > 50 ? .logarithmic : .linear
    }
}
