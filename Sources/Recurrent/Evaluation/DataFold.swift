/// One of k folds: the sequences to train on, and the others to test on.
public struct DataFold: Equatable, Sendable {
    public let training: [Int]
    public let test: [Int]
}
