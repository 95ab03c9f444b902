/// A series split by time into training, validation and test sets, in this order.
struct TimeSplit {
    let training: Range<Int>
    let validation: Range<Int>
    let test: Range<Int>

    /// Validation and test set.
    var unseen: Range<Int> { validation.lowerBound..<test.upperBound }

    /// The last fifth is the test set and the eighth before it the validation set; for the sunspots the test set begins
    /// in 1960 and the validation set in 1920.
    init(_ series: Series, isSunspots: Bool) {
        let test = isSunspots ? 594 : series.count / 5
        let validation = isSunspots ? 480 : series.count / 8
        let end = series.count - test
        training = 0..<end - validation
        self.validation = end - validation..<end
        self.test = end..<series.count
    }

    /// - Throws: `CommandFailure` if a network with this window cannot learn from it.
    func require(window: Int, of series: Series) throws {
        guard training.count > window, validation.count >= 1, test.count >= 1 else {
            throw CommandFailure(
                "\(series.name): \(series.count) values are too few: of \(training.count) for training, \(validation.count) for validation and \(test.count) for testing, none follows a window of \(window); give a longer series or a smaller --window"
            )
        }
        let values = series.values[0][training]
        let (least, most) = (values.min() ?? 0, values.max() ?? 0)
        if least == most {
            throw CommandFailure(
                "\(series.name): the training part is constant (\(least)); there is nothing to learn")
        }
        if most - least < 1e-140 {
            throw CommandFailure(
                "\(series.name): the training part varies by only \(most - least), which is too little to be squared; rescale the series"
            )
        }
    }
}
