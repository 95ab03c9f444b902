/// The kinds of recurrent cells, named as in files.
enum CellName: String, CaseIterable {
    case elman
}

extension RecurrentCell {
    var name: CellName {
        switch self {
        case .elman: .elman
        }
    }
}

extension ModelReader {
    /// The cells of `count` layers. A file that names none holds Elman cells: PyTorch's, or those of an old version.
    func cells(_ count: Int, assuming activation: Activation?) throws(ModelError) -> [RecurrentCell] {
        let names: [CellName] = try values(.cell, count, .elman)
        let activations: [Activation] = try values(.activation, names.count { $0 == .elman }, activation)
        var unused = activations[...]
        return names.map { name in
            switch name {
            case .elman: .elman(unused.removeFirst())
            }
        }
    }
}
