/// The values of one series of a `.ts` file, parsed channel by channel.
struct TimeSeriesValues {
    private let missing: TimeSeriesFile.MissingValues
    private(set) var channels = 0
    /// The number of values in each channel.
    private(set) var length = 0
    /// The times of every channel. Empty in a file without times.
    private(set) var times: [Double] = []
    /// Channel after channel. A missing value is NaN until its channel has been read.
    private var values: [Double] = []

    init(missing: TimeSeriesFile.MissingValues) { self.missing = missing }

    /// Steps × channels.
    var steps: [[Double]] {
        (0..<length).map { step in (0..<channels).map { values[$0 * length + step] } }
    }

    /// Removes all values and keeps the memory for the next series.
    mutating func removeAll() {
        (channels, length) = (0, 0)
        times.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
    }

    /// Parses a channel of the form `v,v,v`.
    mutating func take(_ text: Span<UInt8>) throws(LineProblem) {
        let first = values.count
        var start = 0
        while start <= text.count {
            let end = text.place(of: UInt8(ascii: ","), from: start)
            values.append(
                try value(text.extracting(text.withoutBlanks(in: start..<end)), values.count - first))
            start = end + 1
        }
        try finishChannel(from: first)
    }

    /// Parses a channel of the form `(t,v),(t,v)`.
    mutating func takeTimed(_ text: Span<UInt8>) throws(LineProblem) {
        let first = values.count
        var start = 0
        while start <= text.count {
            let comma = text.place(of: UInt8(ascii: ","), from: start)
            let close = text.place(of: UInt8(ascii: ")"), from: comma)
            let end = text.place(of: UInt8(ascii: ","), from: close)
            let opening = text.withoutBlanks(in: start..<comma)
            guard close < text.count, !opening.isEmpty, text[opening.lowerBound] == UInt8(ascii: "("),
                text.withoutBlanks(in: close + 1..<end).isEmpty
            else {
                throw problem(
                    values.count - first,
                    "\(text.extracting(start..<end).quoted) where '(time,value)' is expected")
            }
            let time = text.withoutBlanks(in: opening.lowerBound + 1..<comma)
            try take(time: text.extracting(time), values.count - first)
            values.append(
                try value(text.extracting(text.withoutBlanks(in: comma + 1..<close)), values.count - first))
            start = end + 1
        }
        try finishChannel(from: first)
    }

    private func value(_ text: Span<UInt8>, _ step: Int) throws(LineProblem) -> Double {
        if let number = DecimalNumber.parse(text, 0..<text.count) { return number }
        guard text.count == 1 ? text[0] == UInt8(ascii: "?") : text.quoted.lowercased() == "'nan'" else {
            throw problem(
                step,
                "\(text.quoted) where a finite number is expected; correct it, or write ? if it is missing")
        }
        if case .refuse = missing {
            throw problem(step, "the value is missing; fill it in, or have missing values interpolated")
        }
        return .nan
    }

    private mutating func take(time text: Span<UInt8>, _ step: Int) throws(LineProblem) {
        guard let time = DecimalNumber.parse(text, 0..<text.count) else {
            throw problem(
                step, "\(text.quoted) where a time as a finite number is expected; dates are not read")
        }
        if channels > 0 {
            guard step >= times.count || times[step] == time else {
                throw problem(
                    step, "the time is \(time), in channel 1 \(times[step]); give all channels the same times"
                )
            }
        } else {
            if let last = times.last, time <= last {
                throw problem(step, "the time \(time) does not come after \(last); sort the values by time")
            }
            guard (time - (times.first ?? 0)).isFinite else {
                throw problem(step, "the time \(time) is too far from the first; use another unit of time")
            }
            times.append(time)
        }
    }

    private mutating func finishChannel(from first: Int) throws(LineProblem) {
        let count = values.count - first
        if channels == 0 { length = count }
        channels += 1
        guard count == length else {
            throw LineProblem(
                "the channels have different numbers of values, \(length) in channel 1 and \(count) in channel "
                    + "\(channels); write ? for those that are missing")
        }
        if case .interpolate = missing { try interpolate(from: first) }
    }

    /// Fills in the missing values of the channel that begins at `first` by straight lines.
    private mutating func interpolate(from first: Int) throws(LineProblem) {
        guard var last = values[first...].firstIndex(where: { !$0.isNaN }) else {
            throw LineProblem("channel \(channels) has no value at all; remove the series or give it one")
        }
        for place in first..<last { values[place] = values[last] }
        for place in last + 1..<values.count where !values[place].isNaN {
            for gap in last + 1..<place {
                let weight =
                    (time(gap - first) - time(last - first)) / (time(place - first) - time(last - first))
                let (before, after) = (values[last], values[place])
                let value = (1 - weight) * before + weight * after
                // Rounding must not leave the interval of the two.
                values[gap] = min(max(value, min(before, after)), max(before, after))
            }
            last = place
        }
        for place in last + 1..<values.count { values[place] = values[last] }
    }

    private func time(_ step: Int) -> Double { times.isEmpty ? Double(step) : times[step] }

    private func problem(_ step: Int, _ text: String) -> LineProblem {
        LineProblem("channel \(channels + 1), value \(step + 1): \(text)")
    }
}
