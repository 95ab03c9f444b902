import Foundation
import RecurrentCharts

// What is shown of gated cells in the place of a spectrum.
extension CellPictures {
    /// A sentence on the forget gate, and the reason why there is no spectrum; empty for Elman cells.
    var gateWords: String {
        guard kind.isGated else { return "" }
        let reason =
            " No spectrum of Wₛ is shown: Wₛ holds the weights of several gates, and the gates decide what becomes of a state."
        guard let f = cell.forgetGate else { return reason }
        let earlier = before?.forgetGate.map { " (\(names.before): \(number($0)))" } ?? ""
        return " The forget gate is \(number(f)) on average\(earlier)\(halving(f)).\(reason)"
    }

    /// The steps after which f^n is below ½.
    private func halving(_ f: Double) -> String {
        guard f > 0, f < 1 else { return "" }
        let steps = (log(0.5) / log(f)).rounded(.up)
        guard steps < 1e6 else { return "" }
        return "; multiplied by that, c is halved within \(plural(Int(steps), "step"))"
    }

    var forgetting: Figure {
        var chart = LineChart("Mean of the forget gate")
        chart.x.name = "epoch"
        chart.y.includesZero = true
        chart.lines = [LineChart.Line("forget gate", .green, forgetGate)]
        chart.references = [LineChart.Reference("1: nothing is forgotten", at: 1)]
        return Figure(
            chart,
            "The factor by which a step multiplies the cell state c, over all units, steps and sequences of the batch. At 0.9 half of c is left after 7 steps, at 0.99 after 69. Single units may keep theirs far longer than the mean says."
        )
    }
}
