/// Sizes of batches. None depends on the number of workers; another size of blocks changes the last bits of
/// results.
enum DataTuning {
    /// The number of sequences of a block. Larger blocks make larger products, smaller ones share more evenly among
    /// workers.
    static let blockSequences = 16

    /// The least number of sequences that are dealt into two blocks.
    static let sharedSequences = 4

    /// The tokens of a batch are looked up in a table of the vocabulary, the fastest way, if that has at most
    /// this many entries for each token and `tableEntries` more. Otherwise a dictionary takes less memory.
    static let tableEntriesPerToken = 16
    static let tableEntries = 4096
}
