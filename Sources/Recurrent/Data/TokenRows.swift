/// The tokens of a batch's valid rows, in the layout's order.
struct TokenRows: Sendable {
    /// An index in 0..<V for each row.
    let indices: [Int32]
    /// The indices that occur, ascending, each once.
    let distinct: [Int32]
    /// For each row the place of its index in `distinct`.
    let places: [Int32]

    init(_ indices: [Int32]) {
        self.indices = indices
        distinct = Set(indices).sorted()
        var place: [Int32: Int32] = [:]
        for (number, index) in distinct.enumerated() { place[index] = Int32(clamping: number) }
        places = indices.map { place[$0]! }
    }
}
