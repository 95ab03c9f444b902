/// Limits that keep a file that is no table from filling the memory.
struct CSVLimits {
    /// The bytes of a record.
    var record = Tuning.recordBytes
    var columns = Tuning.columns
}
