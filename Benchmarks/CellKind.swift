import ArgumentParser
import Recurrent

/// A recurrent cell by the name that it has on the command line and in files.
enum CellKind: String, CaseIterable, ExpressibleByArgument, CustomStringConvertible {
    case elman, lstm, gru
    case gruResetBefore = "gru-reset-before"

    var description: String { rawValue }

    var equations: RecurrentCell {
        switch self {
        case .elman: .elman()
        case .lstm: .lstm
        case .gru: .gru(.afterProduct)
        case .gruResetBefore: .gru(.beforeProduct)
        }
    }

    /// G
    var gates: Int { equations.gates }
}
