import Recurrent

// The user's own data.
extension FoldedSequences {
    /// The series of `--data`, or nil without that option.
    init?(series options: TrainingOptions) throws {
        guard let path = options.own.data else { return nil }
        let own = try LabelledSequences(
            series: path, classes: options.own.labels, missing: options.own.missing)
        let test = try options.test.map { path in
            guard !path.lowercased().hasSuffix(".npy") else {
                throw CommandFailure(
                    "\(path): test data in an .npy file have no classes; give a .ts file, or all sequences with --data"
                )
            }
            return try LabelledSequences(series: path, classes: nil, missing: options.own.missing)
        }
        try self.init(own: own, test: test, path: path)
    }

    /// Without a test set, every fifth sequence of each class is held out.
    init(own: LabelledSequences, test: LabelledSequences?, path: String) throws {
        let labels = try Self.classes(of: own, path)
        if let test {
            guard !test.labels.isEmpty else { throw CommandFailure("--test: the file has no classes") }
            self.init(own, test: test, labels: labels)
            return
        }
        var counts: [String: Int] = [:]
        let foldOf = own.labels.map { label in
            counts[label, default: 0] += 1
            return counts[label, default: 0] % 5 == 0 ? 0 : -1
        }
        guard foldOf.contains(0) else {
            throw CommandFailure(
                "\(path): no class has five sequences, of which one could be held out; give more, or a --test file"
            )
        }
        self.init(own, folds: 1, foldOf: foldOf, labels: labels)
    }

    /// The classes in alphabetical order; at least two.
    private static func classes(of own: LabelledSequences, _ path: String) throws -> [String] {
        guard let first = own.labels.first else {
            throw CommandFailure(
                "\(path): the sequences have no classes; name their place with --label-column or --labels")
        }
        let labels = Set(own.labels).sorted()
        guard labels.count > 1 else {
            throw CommandFailure(
                "\(path): all sequences have the class '\(labels[0].printable)'; there is nothing to distinguish"
            )
        }
        // A header line that was read as data would add a class of its own.
        if own.count > 10, own.labels.count(where: { $0 == first }) == 1 {
            throw CommandFailure(
                "\(path): the class '\(first.printable)' occurs only in the first row; if that is a header line, give the columns by name"
            )
        }
        return labels
    }
}
