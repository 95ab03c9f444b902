import RecurrentLinearAlgebra

// Parts of a data set by the indices of sequences, for `subset`. The same arguments give the same parts in every version of
// Swift.
extension SequenceDataSet {
    /// The sequences in parts of given shares, such as 0.7, 0.15 and 0.15.
    ///
    /// - Parameters:
    ///   - shares: of the parts; they need not sum to 1.
    ///   - groups: the group of each sequence, such as its speaker; those of a group stay in one part. Each sequence is a
    ///     group of its own by default.
    ///   - isStratified: true if each part has its share of every class, as far as groups allow; false by default. For
    ///     targets that are one class a sequence.
    ///   - seed: 1 by default.
    /// - Returns: the indices of each part's sequences, ascending.
    /// - Throws: `DataError` if a part would be empty, or if there are no classes to stratify by.
    /// - Precondition: shares are above 0 and finite, and there is a group for each sequence.
    public func parts(
        _ shares: [Double], groups: [Int]? = nil, stratified isStratified: Bool = false, seed: UInt64 = 1
    ) throws(DataError) -> [[Int]] {
        require(
            !shares.isEmpty && shares.allSatisfy { $0 > 0 && $0.isFinite },
            "the shares \(shares) are not all above 0 and finite")
        require(
            groups == nil || groups?.count == count,
            "there are \(groups?.count ?? 0) groups for \(count) sequences; give one a sequence")
        let classes = isStratified ? try classOfEachSequence : nil
        var generator = RandomGenerator(seed: seed)
        let dealt = DealtParts(
            count: count, shares: shares, groups: groups, classes: classes, using: &generator)
        let units = groups.map { Set($0).count } ?? count
        if dealt.parts.contains(where: \.isEmpty) { throw .emptyPart(units: units, parts: shares.count) }
        return dealt.parts
    }

    /// k folds for cross-validation: every sequence is in the test part of one of them.
    ///
    /// - Parameters:
    ///   - count: k, at least 2.
    ///   - groups, isStratified, seed: as for `parts`.
    /// - Throws: `DataError` if there are fewer groups than folds, or if there are no classes to stratify by.
    public func folds(
        _ count: Int, groups: [Int]? = nil, stratified isStratified: Bool = false, seed: UInt64 = 1
    ) throws(DataError) -> [DataFold] {
        require(count >= 2, "there must be at least two folds, not \(count)")
        let parts = try parts(
            Array(repeating: 1, count: count), groups: groups, stratified: isStratified, seed: seed)
        return parts.map { test in
            let tested = Set(test)
            return DataFold(training: (0..<self.count).filter { !tested.contains($0) }, test: test)
        }
    }

    private var classOfEachSequence: [Int] {
        get throws(DataError) {
            guard hasTargetPerSequence, case .classes(let classes) = targets else { throw .noClasses }
            return classes.map { Int($0) }
        }
    }
}
