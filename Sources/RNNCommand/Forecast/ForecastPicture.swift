import Foundation
import Recurrent

/// The picture of a forecast: the observed test part, the one-step predictions on it, and the
/// free-running forecast after it.
struct ForecastPicture {
    let series: Series
    let predictions: [Double]
    let forecast: [Double]

    private var lead: Int { max(0, series.test.lowerBound - series.test.count / 4) }

    var svg: String {
        let end = series.values.count + forecast.count
        let shown = Array(series.values[lead...]) + predictions + forecast
        var chart = LineChart(
            title: "\(series.name): observed, one step ahead, free running",
            x: Double(lead)...Double(max(end, lead + 1)),
            y: min(shown.min() ?? 0, 0)...max(shown.max() ?? 1, 1e-9))
        chart.ticks = ticks(to: end)
        chart.add(
            name: "observed", colour: "#8a8f98", points(from: lead, Array(series.values[lead...])))
        chart.add(
            name: "predicted one step ahead", colour: "#1f6fd6",
            points(from: series.test.lowerBound, predictions))
        chart.add(
            name: "free-running forecast", colour: "#d6481f",
            points(from: series.values.count, forecast))
        return chart.svg
    }

    private func points(from start: Int, _ values: [Double]) -> [(Double, Double)] {
        values.enumerated().map { (Double(start + $0), $1) }
    }

    /// Up to ten labels: the year at a January where there are months, else the position.
    private func ticks(to end: Int) -> [(Double, String)] {
        if let first = series.labels.first, let year = Int(first.prefix(4)), first.hasSuffix("-01") {
            let years = (lead...end).filter { $0 % 12 == 0 }.map { (Double($0), year + $0 / 12) }
            let step = [1, 2, 5, 10, 20, 50, 100].first { years.count / $0 <= 10 } ?? 200
            return years.filter { $0.1 % step == 0 }.map { ($0.0, String($0.1)) }
        }
        let step = LineChart.roundStep(Double(end - lead) / 8)
        let first = (Double(lead) / step).rounded(.up) * step
        return stride(from: first, through: Double(end), by: step).map { ($0, String(Int($0))) }
    }
}
