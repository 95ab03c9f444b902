import Foundation
import Recurrent

/// The explanation for programs, as JSON or CSV: numbers have all their digits.
struct ExplanationData: Encodable {
    struct Fact: Encodable {
        let name, value: String
    }
    /// A vector or matrix with its name and label in the explanation.
    struct Quantity: Encodable {
        let section, label, name: String
        let rows: [[Double]]
    }
    struct Origin: Encodable {
        struct Part: Encodable {
            let norm, share: Double
        }
        let stepsBack, step: Int
        let jacobianNorm, slopeBound, bound: Double
        let stateWeights, inputWeights: Part
    }
    struct Spectrum: Encodable {
        struct Eigenvalue: Encodable {
            let real, imaginary: Double
        }
        let singularValues: [Double]
        let eigenvalues: [Eigenvalue]
        let spectralNorm, spectralRadius, largestSlope, growthLimit: Double
        let prospect: String
    }

    let title: String
    let facts: [Fact]
    let quantities: [Quantity]
    let origin: [Origin]
    let spectrum: Spectrum
    let verdict: [String]

    init(_ explanation: Explanation) {
        title = explanation.title.plain
        facts = explanation.facts.map { Fact(name: $0.name, value: $0.value.plain) }
        quantities = explanation.sections.flatMap { section in
            section.contents.compactMap { content in
                guard case .equation(let equation) = content else { return nil }
                return Quantity(
                    section: section.title.plain,
                    label: equation.differenceOf == nil ? equation.label : "difference",
                    name: (equation.differenceOf ?? equation.name).text,
                    rows: equation.value.rowArrays)
            }
        }
        origin = explanation.origin.rows.map { row in
            func part(_ part: GradientOrigin.Part) -> Origin.Part {
                .init(norm: part.norm, share: part.share)
            }
            return Origin(
                stepsBack: row.jacobian.stepsBack, step: row.step, jacobianNorm: row.jacobian.norm,
                slopeBound: row.jacobian.slopeBound, bound: row.jacobian.bound,
                stateWeights: part(row.byStateWeights), inputWeights: part(row.byInputWeights))
        }
        let spectrum = explanation.spectrum
        self.spectrum = Spectrum(
            singularValues: spectrum.singularValues,
            eigenvalues: spectrum.eigenvalues.map { .init(real: $0.real, imaginary: $0.imaginary) },
            spectralNorm: spectrum.spectralNorm, spectralRadius: spectrum.spectralRadius,
            largestSlope: spectrum.activation.largestSlope, growthLimit: spectrum.growthLimit,
            prospect: spectrum.prospect.rawValue)
        verdict = explanation.verdict.map(\.plain)
    }

    /// One JSON object; numbers that JSON lacks are the strings "Infinity", "-Infinity" and "NaN".
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }

    /// CSV, a line for each element of each quantity; rows and columns are counted from 1.
    var csv: String {
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
