/// Lines of text of equal width, to be placed beside others on a common baseline.
struct TextBlock {
    let lines: [String]
    /// The index of the line on the baseline.
    let baseline: Int

    var width: Int { lines.first?.count ?? 0 }

    init(_ line: String) { (lines, baseline) = ([line], 0) }

    private init(_ lines: [String], baseline: Int) { (self.lines, self.baseline) = (lines, baseline) }

    /// A matrix between brackets, numbers aligned right; a single number has no brackets.
    init(_ matrix: ShownMatrix) {
        let scale = TextBlock(matrix.exponent == 0 ? "" : "10^\(matrix.exponent) · ".withMinus)
        guard matrix.rows * matrix.columns > 1 else {
            self = scale + TextBlock(matrix.text.split(separator: " ").last.map(String.init) ?? "")
            return
        }
        let widths = (0..<matrix.columns).map { column in matrix.cells.map { $0[column].count }.max() ?? 0 }
        let lines = matrix.cells.enumerated().map { index, row in
            let numbers = zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
            let (left, right) = Self.brackets(row: index, of: matrix.rows)
            return left + numbers.joined(separator: "  ") + right
        }
        self = scale + TextBlock(lines, baseline: (matrix.rows - 1) / 2)
    }

    init(_ formula: Formula) {
        switch formula {
        case .matrix(let matrix):
            self.init(matrix)
        case .function(let name, .matrix(let matrix)) where matrix.columns > 1:
            self = TextBlock(name) + TextBlock(matrix)
        case .sequence(let parts):
            self = parts.dropFirst().reduce(TextBlock(parts[0])) { $0 + TextBlock(" ") + TextBlock($1) }
        default:
            self.init(formula.text)
        }
    }

    static func + (left: TextBlock, right: TextBlock) -> TextBlock {
        let above = max(left.baseline, right.baseline)
        let below = max(left.lines.count - left.baseline, right.lines.count - right.baseline)
        let lines = (0..<above + below).map {
            left.line($0 - above) + right.line($0 - above)
        }
        return TextBlock(lines, baseline: above)
    }

    /// The line at a distance from the baseline, blank outside the block.
    private func line(_ offset: Int) -> String {
        let index = baseline + offset
        return lines.indices.contains(index) ? lines[index] : String(repeating: " ", count: width)
    }

    private static func brackets(row: Int, of rows: Int) -> (String, String) {
        switch (rows, row) {
        case (1, _): ("[", "]")
        case (_, 0): ("⎡", "⎤")
        case (_, rows - 1): ("⎣", "⎦")
        default: ("⎢", "⎥")
        }
    }

    /// The lines without trailing blanks.
    var text: String {
        lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
    }
}
