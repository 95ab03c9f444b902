import Foundation
import Recurrent

/// The contents of a safetensors file: a row for each tensor, and below it one for each gate of an LSTM or a GRU.
struct FileSummary {
    private struct Row {
        let tensor: Safetensors.Tensor
        let statistics: TensorStatistics?
        let spectrum: RecurrenceSpectrum?
        /// nil for all but the tensors of gated cells.
        let gates: GateRows?
        let ofGates: [(gate: Gate, statistics: TensorStatistics?)]
    }

    private let rows: [Row]
    private let metadata: [String: String]

    init(_ file: Safetensors) {
        metadata = file.metadata
        rows = file.tensors.map { tensor in
            let numbers = tensor.numbers ?? []
            let gates = GateRows(tensor, in: file)
            return Row(
                tensor: tensor, statistics: TensorStatistics(numbers),
                spectrum: RecurrenceSpectrum(tensor, elements: numbers), gates: gates,
                ofGates: gates?.statistics(numbers) ?? [])
        }
    }

    private static let header = [
        "shape", "type", "min", "max", "mean", "deviation", "norm", "zeros", "not finite",
    ]

    /// Without a column of gates if there are none.
    var tensors: Table {
        let hasGates = rows.contains { $0.gates != nil }
        var table = Table(
            ["tensor"] + (hasGates ? ["gate"] : []) + Self.header, leftAligned: hasGates ? 2 : 1,
            shownOnce: ["tensor"])
        func add(_ row: Row, gate: Cell, _ cells: [Cell]) {
            table.add([Cell(row.tensor.name)] + (hasGates ? [gate] : []) + cells)
        }
        for row in rows {
            add(row, gate: "", cells(row))
            for (gate, cells) in cellsOfGates(row) { add(row, gate: gate, cells) }
        }
        return table
    }

    /// The same table with the columns of `recurrentWeights`, for programs.
    var tensorsWithSpectra: Table {
        var table = Table(
            ["tensor"] + Self.header + ["spectral norm", "spectral radius", "share of squares", "gate"])
        for row in rows {
            let name = Cell(row.tensor.name)
            table.add([name] + cells(row) + (spectrum(row) ?? ["", "", ""]) + [""])
            for (gate, cells) in cellsOfGates(row) { table.add([name] + cells + ["", "", "", gate]) }
        }
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

    /// The reason why the W_s of gated cells have no spectrum, or nil if there are none.
    var note: String? {
        guard rows.contains(where: { $0.gates != nil }) else { return nil }
        return
            "The W_s of an LSTM or a GRU has no spectrum here: it holds the weights of several gates, and the gates, not\nits singular values and eigenvalues, decide what becomes of a state and of its gradient."
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
        cells(row.tensor.shapeText, row.tensor, row.statistics)
    }

    private func cellsOfGates(_ row: Row) -> [(gate: Cell, cells: [Cell])] {
        guard let gates = row.gates else { return [] }
        let shape = gates.shape(of: row.tensor).map(String.init).joined(separator: " × ")
        return row.ofGates.map { (Cell($0.gate.rawValue), cells(shape, row.tensor, $0.statistics)) }
    }

    private func cells(
        _ shape: String, _ tensor: Safetensors.Tensor, _ statistics: TensorStatistics?
    ) -> [Cell] {
        let numbers: [Cell] =
            statistics.map { statistics in
                [
                    Cell(significant: statistics.least), Cell(significant: statistics.most),
                    Cell(significant: statistics.mean), Cell(significant: statistics.deviation),
                    Cell(significant: statistics.norm), Cell(statistics.zeros), Cell(statistics.notFinite),
                ]
            } ?? Array(repeating: "", count: 7)
        return [Cell(shape), Cell(tensor.type.rawValue)] + numbers
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
