extension SequenceDataSet {
    /// Checks that the targets fit a network and a loss.
    ///
    /// - Throws: `DataError` naming the first target that does not.
    func check(for configuration: NetworkConfiguration, _ loss: Loss) throws(DataError) {
        switch targets {
        case .values(let values):
            guard values.columns == configuration.outputWidth else {
                throw .targetWidth(found: values.columns, expected: configuration.outputWidth)
            }
            guard loss == .binaryCrossEntropy,
                let index = values.elements.firstIndex(where: { !(0...1 ~= $0) })
            else { return }
            let (sequence, step) = place(ofTarget: index / values.columns)
            throw .targetOutOfRange(sequence: sequence, step: step)
        case .classes(let classes):
            let range = 0..<configuration.outputWidth
            guard let row = classes.firstIndex(where: { !range.contains(Int($0)) }) else { return }
            let (sequence, step) = place(ofTarget: row)
            throw .classOutOfRange(
                sequence: sequence, step: step, index: Int(classes[row]), classes: range.upperBound)
        }
    }
}
