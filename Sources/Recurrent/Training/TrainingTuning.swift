/// The numbers of training that were chosen by measuring or by weighing, with their reasons. Those that a formula needs,
/// as in a line search, stand with the formula.
enum TrainingTuning {
    /// The parameters of one item of an optimiser's update, which any worker may take: large enough that some 20 µs of
    /// work outweigh handing it out, small enough that the workers end together. No result depends on it.
    static let elementsOfAnUpdate = 16_384

    /// The items from which on workers share an update. Fewer are done, in some 150 µs, before sharing has paid for
    /// itself.
    static let fewestSharedUpdates = 8

    /// The batches whose sequences are sorted by length together. With more of them batches have less padding, with
    /// fewer the order is more random. The results of every bucketed training depend on it.
    static let batchesOfABucket = 32

    /// The times in a row that a trainer goes back to the same checkpoint. By then a factor of ½ has left a thousandth
    /// of the learning rate, and data that still diverge are hopeless.
    static let mostReturns = 10
}
