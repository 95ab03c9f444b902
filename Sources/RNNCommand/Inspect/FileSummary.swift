import Foundation
import Recurrent

/// What is in a safetensors file, in a row a tensor.
struct FileSummary {
    private struct Row {
        let tensor: Safetensors.Tensor
        let statistics: TensorStatistics?
        let spectrum: Spectrum?
    }

    private let rows: [Row]
    private let metadata: [String: String]

    init(_ file: Safetensors) {
        metadata = file.metadata
        rows = file.tensors.map { tensor in
            let numbers = tensor.numbers ?? []
            return Row(
                tensor: tensor, statistics: TensorStatistics(numbers), spectrum: Spectrum(tensor, numbers))
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

    /// The same with what the table of recurrent weights says, for programs.
    var tensorsWithSpectra: Table {
        var table = Table(Self.header + ["spectral norm", "spectral radius", "share of squares"])
        for row in rows { table.add(cells(row) + (spectrum(row) ?? ["", "", ""])) }
        return table
    }

    /// Each W_s, or nil if there is none.
    var recurrentWeights: Table? {
        var table = Table(["recurrent weights", "spectral norm", "spectral radius", "share of squares"])
        for row in rows {
            if let cells = spectrum(row) { table.add([Cell(row.tensor.name)] + cells) }
        }
        return table.rows.isEmpty ? nil : table
    }

    /// Long values shortened; nil if there are none.
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
            Cell(significant: spectrum.norm), Cell(significant: spectrum.radius),
            Cell(share, as: "\(fixed(100 * share, 1)) %"),
        ]
    }

    /// √Σx² over all tensors, without overflow on the way.
    private var totalNorm: Double {
        TensorStatistics(rows.compactMap { $0.statistics?.norm })?.norm ?? 0
    }
}

extension Cell {
    /// A number shown with four significant digits.
    init(significant number: Double) { self.init(number, as: String(format: "%.4g", number)) }
}
