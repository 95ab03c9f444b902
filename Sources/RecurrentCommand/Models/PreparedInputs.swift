import Recurrent

/// Sequences in the form that a network reads.
enum PreparedInputs {
    case values([[[Float]]])
    case tokens([[Int]], vocabulary: Int)

    func dataSet(classes: [Int]) throws -> SequenceDataSet<Float> {
        switch self {
        case .values(let values): try SequenceDataSet(values, targets: .classPerSequence(classes))
        case .tokens(let tokens, let vocabulary):
            try SequenceDataSet(tokens: tokens, vocabulary: vocabulary, targets: .classPerSequence(classes))
        }
    }

    func batch(_ range: Range<Int>) throws -> SequenceBatch<Float> {
        switch self {
        case .values(let values): try SequenceBatch(Array(values[range]))
        case .tokens(let tokens, let vocabulary):
            try SequenceBatch(tokens: Array(tokens[range]), vocabulary: vocabulary)
        }
    }
}
