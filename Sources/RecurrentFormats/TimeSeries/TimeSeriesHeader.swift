/// The lines `@key value` of a `.ts` file.
struct TimeSeriesHeader {
    /// The last field of a series, after its channels.
    enum Answer { case label, target, none }

    private(set) var labels: [String] = []
    /// The index of each label, by its lower case.
    private(set) var places: [String: Int] = [:]
    /// The values by key; "dimension" is stored as "dimensions".
    private(set) var flags: [String: Bool] = [:]
    private(set) var numbers: [String: Int] = [:]
    private(set) var answer = Answer.none

    /// Parses a line; true if it was the last, `@data`.
    mutating func take(_ line: Span<UInt8>) throws(LineProblem) -> Bool {
        guard let text = line.text, !text.utf8.contains(0) else {
            throw LineProblem("this is not UTF-8 text, or holds NUL; save the file as UTF-8")
        }
        let words = text.dropFirst().split { $0 == " " || $0 == "\t" }.map(String.init)
        guard text.hasPrefix("@"), let key = words.first else {
            throw LineProblem("\(line.quoted) where '@key value' is expected; begin comments with #")
        }
        switch key.lowercased() {
        case "data":
            if words.count > 1 {
                throw LineProblem("'@data' with a value; put the series on the lines below it")
            }
            try settleAnswer()
            return true
        case "classlabel":
            if try flag(words) { try takeLabels(words.dropFirst(2)) }
        case "timestamps", "missing", "univariate", "equallength", "targetlabel":
            _ = try flag(words)
            if words.count > 2 { throw LineProblem("'@\(key)' with two values; give true or false") }
        case "dimension", "dimensions": try takeNumber(words, as: "dimensions")
        case "serieslength": try takeNumber(words, as: "serieslength")
        default: break
        }
        return false
    }

    private mutating func flag(_ words: [String]) throws(LineProblem) -> Bool {
        let key = words[0].lowercased()
        guard words.count > 1, let flag = Bool(words[1].lowercased()) else {
            throw LineProblem("'@\(words[0])' without true or false; write one of them after it")
        }
        if flags.updateValue(flag, forKey: key) != nil { throw repeated(words[0]) }
        return flag
    }

    private mutating func takeNumber(_ words: [String], as key: String) throws(LineProblem) {
        guard words.count == 2, let number = Int(words[1]), number >= 0 else {
            throw LineProblem("'@\(words[0])' without a whole number; write one after it or remove the line")
        }
        if numbers.updateValue(number, forKey: key) != nil { throw repeated(words[0]) }
    }

    private mutating func takeLabels(_ labels: ArraySlice<String>) throws(LineProblem) {
        if labels.isEmpty { throw LineProblem("'@classLabel true' without labels; write them after it") }
        for (place, label) in labels.enumerated()
        where places.updateValue(place, forKey: label.lowercased()) != nil {
            throw LineProblem(
                "the label '\(label)' stands here twice, but for upper and lower case; rename one")
        }
        self.labels = Array(labels)
    }

    private mutating func settleAnswer() throws(LineProblem) {
        switch (flags["classlabel"], flags["targetlabel"]) {
        case (true, true):
            throw LineProblem("both @classLabel and @targetLabel are true above @data; set one to false")
        case (true, _): answer = .label
        case (_, true): answer = .target
        case (false, _): answer = .none
        default:
            throw LineProblem(
                "@data comes before any @classLabel or @targetLabel; add '@classLabel true' and the labels, "
                    + "'@targetLabel true' for numbers, or '@classLabel false' for neither")
        }
    }

    private func repeated(_ key: String) -> LineProblem {
        LineProblem("'@\(key)' is said a second time; remove one of the lines")
    }
}
