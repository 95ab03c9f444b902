/// Labelled sequences, and the fold in which each of them is held out.
struct FoldedSequences {
    let sequences: LabelledSequences
    /// The number of parts that are held out, one after the other.
    let folds: Int
    /// The fold of each sequence, counted from 0; −1 for training data in all folds.
    let foldOf: [Int]
    /// The classes in the order of the network's outputs.
    let labels: [String]

    init(_ sequences: LabelledSequences, folds: Int, foldOf: [Int], labels: [String]) {
        (self.sequences, self.folds, self.foldOf, self.labels) = (sequences, folds, foldOf, labels)
    }

    /// A training set and a test set.
    init(_ training: LabelledSequences, test: LabelledSequences, labels: [String]) {
        let foldOf = Array(repeating: -1, count: training.count) + Array(repeating: 0, count: test.count)
        self.init(training + test, folds: 1, foldOf: foldOf, labels: labels)
    }

    func training(fold: Int) -> LabelledSequences { sequences[foldOf.indices.filter { foldOf[$0] != fold }] }
    func heldOut(fold: Int) -> LabelledSequences { sequences[foldOf.indices.filter { foldOf[$0] == fold }] }
}
