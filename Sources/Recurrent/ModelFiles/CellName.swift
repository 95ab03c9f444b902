/// The kinds of recurrent cells, named as in files.
enum CellName: String, CaseIterable {
    case elman, lstm, gru
    /// A GRU with the reset before the product.
    case gruResetBefore = "gru-reset-before"

    /// The number of gates, as the shapes of the weights show it.
    var gates: Int { cell(.tanh).gates }

    /// - Parameter activation: that of an Elman cell.
    func cell(_ activation: Activation) -> RecurrentCell {
        switch self {
        case .elman: .elman(activation)
        case .lstm: .lstm
        case .gru: .gru(.afterProduct)
        case .gruResetBefore: .gru(.beforeProduct)
        }
    }
}

extension RecurrentCell {
    var name: CellName {
        switch self {
        case .elman: .elman
        case .lstm: .lstm
        case .gru(.afterProduct): .gru
        case .gru(.beforeProduct): .gruResetBefore
        }
    }
}
