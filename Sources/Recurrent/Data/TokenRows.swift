/// The tokens of a batch's valid rows, in the layout's order.
struct TokenRows: Sendable {
    /// An index in 0..<V for each row.
    let indices: [Int32]
    /// The indices that occur, each once, ascending.
    let distinct: [Int32]
    /// For each row the position of its index in `distinct`.
    let places: [Int32]

    /// - Parameter vocabulary: V.
    init(_ indices: [Int32], vocabulary: Int) {
        self.indices = indices
        guard
            vocabulary <= Tuning.tableEntriesPerToken * indices.count + Tuning.tableEntries
        else {
            distinct = Set(indices).sorted()
            var place: [Int32: Int32] = [:]
            for (number, index) in distinct.enumerated() { place[index] = Int32(clamping: number) }
            places = indices.map { place[$0]! }
            return
        }
        var place = [Int32](repeating: -1, count: vocabulary)
        for index in indices { place[Int(index)] = 0 }
        var distinct: [Int32] = []
        for index in place.indices where place[index] == 0 {
            place[index] = Int32(clamping: distinct.count)
            distinct.append(Int32(clamping: index))
        }
        self.distinct = distinct
        places = indices.map { place[Int($0)] }
    }
}
