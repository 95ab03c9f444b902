import Charts

/// The picture of a forecast: the observed test part and some before it, the one-step predictions, and the
/// free-running forecast after it.
struct ForecastPicture {
    let series: Series
    let predictions: [Double]
    let forecast: [Double]

    var svg: String {
        let lead = max(0, series.test.lowerBound - series.test.count / 4)
        let finding = ForecastFinding(
            name: series.name, observed: Array(series.values[lead...]),
            labels: Array(series.labels.dropFirst(lead)), start: lead, predicted: predictions,
            forecast: forecast, lower: [], upper: [], coverage: 0)
        return finding.chart(size: PictureSize(width: 1000, height: 400)).svg
    }
}
