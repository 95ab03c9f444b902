import Foundation
import Recurrent

/// The contents of a safetensors file, a row for each tensor.
struct FileSummary {
    private struct Row {
        let tensor: Safetensors.Tensor
        let statistics: TensorStatistics?
        let spectrum: RecurrenceSpectrum?
    }

    private let rows: [Row]
    private let metadata: [String: String]

    init(_ file: Safetensors) {
        metadata = file.metadata
        rows = file.tensors.map { tensor in
            let numbers = tensor.numbers ?? []
            return Row(
                tensor: tensor, statistics: TensorStatistics(numbers),
                spectrum: RecurrenceSpectrum(tensor, elements: numbers))
        }
    }

    private static let header = [
        "tensor", "shape", "type", "min", "max", "mean", "deviation", "norm", "zeros", "not finite",
    ]

    var tensors: Table {
        var table = Table(Self.header)
        for row in rows { table.add(cells(row)) }
        return table
    }

    /// The same table with the columns of `recurrentWeights`, for programs.
    var tensorsWithSpectra: Table {
        var table = Table(Self.header + ["spectral norm", "spectral radius", "share of squares"])
        for row in rows { table.add(cells(row) + (spectrum(row) ?? ["", "", ""])) }
        return table
    }

    /// The spectrum of each W_s, or nil if there is none.
    var recurrentWeights: Table? {
        var table = Table(["recurrent weights", "spectral norm", "spectral radius", "share of squares"])
        for row in rows {
            if let cells = spectrum(row) { table.add([Cell(row.tensor.name)] + cells) }
        }
        return table.rows.isEmpty ? nil : table
    }

    /// The metadata, long values shortened, or nil if there are none.
    var metadataTable: Table? {
        var table = Table(["metadata", "value"], leftAligned: 2)
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            table.add([Cell(key.shortened(to: 60)), Cell(value.shortened(to: 60))])
        }
        return table.rows.isEmpty ? nil : table
    }

    private func cells(_ row: Row) -> [Cell] {
        let numbers: [Cell] =
            row.statistics.map { statistics in
                [
                    Cell(significant: statistics.least), Cell(significant: statistics.most),
                    Cell(significant: statistics.mean), Cell(significant: statistics.deviation),
                    Cell(significant: statistics.norm), Cell(statistics.zeros), Cell(statistics.notFinite),
                ]
            } ?? Array(repeating: "", count: 7)
        return [Cell(row.tensor.name), Cell(row.tensor.shapeText), Cell(row.tensor.type.rawValue)] + numbers
    }

    private func spectrum(_ row: Row) -> [Cell]? {
        guard let spectrum = row.spectrum, let norm = row.statistics?.norm else { return nil }
        let share = norm > 0 ? (norm / totalNorm) * (norm / totalNorm) : 0
        return [
            Cell(significant: spectrum.spectralNorm), Cell(significant: spectrum.spectralRadius),
            Cell(share, as: "\(fixed(100 * share, 1)) %"),
        ]
    }

    /// √Σx² over all tensors, without intermediate overflow.
    private var totalNorm: Double {
        TensorStatistics(rows.compactMap { $0.statistics?.norm })?.norm ?? 0
    }
}

extension Cell {
    /// A number shown with four significant digits.
    init(significant number: Double) { self.init(number, as: String(format: "%.4g", number)) }
}
