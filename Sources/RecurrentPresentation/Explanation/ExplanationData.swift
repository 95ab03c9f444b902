import Foundation

/// The explanation for programs, as JSON or CSV: numbers have all their digits.
package struct ExplanationData: Encodable {
    struct Fact: Encodable {
        let name, value: String
    }
    /// A vector or matrix with its name and label in the explanation.
    struct Quantity: Encodable {
        let section, label, name: String
        let rows: [[Double]]
    }

    let title: String
    let facts: [Fact]
    let quantities: [Quantity]
    let origin: [OriginTable.Row]
    let spectrum: Explanation.Spectrum
    let verdict: [String]

    package init(_ explanation: Explanation) {
        title = explanation.title.plain
        facts = explanation.facts.map { Fact(name: $0.name, value: $0.value.plain) }
        quantities = explanation.sections.flatMap { section in
            section.contents.compactMap { content in
                guard case .equation(let equation) = content else { return nil }
                return Quantity(
                    section: section.title.plain,
                    label: equation.differenceOf == nil ? equation.label : "difference",
                    name: (equation.differenceOf ?? equation.name).text,
                    rows: equation.value)
            }
        }
        origin = explanation.origin.rows
        spectrum = explanation.spectrum
        verdict = explanation.verdict.map(\.plain)
    }

    /// One JSON object; numbers that JSON lacks are the strings "Infinity", "-Infinity" and "NaN".
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }

    /// CSV, a line for each element of each quantity; rows and columns are counted from 1.
    package var csv: String {
        var table = Table(["section", "label", "name", "row", "column", "value"])
        for quantity in quantities {
            for (row, values) in quantity.rows.enumerated() {
                for (column, value) in values.enumerated() {
                    table.add([
                        Cell(quantity.section), Cell(quantity.label), Cell(quantity.name), Cell(row + 1),
                        Cell(column + 1), Cell(value, as: "\(value)"),
                    ])
                }
            }
        }
        return table.text(.csv) + "\n"
    }
}
