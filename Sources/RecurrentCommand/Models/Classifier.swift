import RecurrentLinearAlgebra
import Recurrent

/// A network that classifies sequences.
struct Classifier: TrainedModel {
    let network: RecurrentNetwork<Float>
    let preparation: Preparation

    init(_ network: RecurrentNetwork<Float>, _ preparation: Preparation) {
        (self.network, self.preparation) = (network, preparation)
    }

    init?(_ file: Safetensors, path: String) throws {
        guard let preparation = try Preparation(file, path: path) else { return nil }
        self.init(try preparation.network(path: path), preparation)
    }

    var metadata: [String: String] { preparation.metadata }

    func testData(_ options: DataOptions) throws -> LabelledSequences {
        let sequences = try sequences(options)
        guard !sequences.labels.isEmpty else {
            throw CommandFailure(
                "\(options.data ?? ""): the classes of the sequences are missing: give them with --label-column or --labels, or use rnn predict, which needs none"
            )
        }
        try named(options) { _ = try preparation.classes(sequences) }
        return sequences
    }

    /// Puts the name of the file before the message of an error in `check`.
    private func named(_ options: DataOptions, _ check: () throws -> Void) throws {
        do {
            try check()
        } catch let error as CommandFailure {
            throw CommandFailure("\(options.data ?? ""): \(error)")
        }
    }

    private func sequences(_ options: DataOptions) throws -> LabelledSequences {
        let path = try options.required()
        let sequences: LabelledSequences
        switch preparation.inputs {
        case .words:
            try options.require(
                only: ["--data", "--text-column", "--label-column"], for: "a text classifier")
            sequences = try LabelledSequences(
                texts: path, text: options.textColumn, label: options.labelColumn)
        case .channels:
            try options.require(only: ["--data", "--labels", "--missing"], for: "a classifier of series")
            sequences = try LabelledSequences(
                series: path, classes: options.labels, missing: options.missing)
        }
        try named(options) { _ = try preparation.inputs(sequences) }
        return sequences
    }

    /// The probability of each class, for each sequence.
    func probabilities(_ sequences: LabelledSequences) throws -> [[Float]] {
        let inputs = try preparation.inputs(sequences)
        return try stride(from: 0, to: sequences.count, by: 256).flatMap { start in
            try network.forward(inputs.batch(start..<min(start + 256, sequences.count))).outputs.rowArrays
        }
    }

    /// The index of the likeliest class of each sequence.
    func predictions(_ sequences: LabelledSequences) throws -> [Int] {
        try probabilities(sequences).map { row in row.indices.max { row[$0] < row[$1] } ?? 0 }
    }

    func confusion(_ data: LabelledSequences) throws -> ConfusionMatrix {
        let labels = preparation.labels
        var counts = Array(repeating: Array(repeating: 0, count: labels.count), count: labels.count)
        for (truth, found) in zip(try preparation.classes(data), try predictions(data)) {
            counts[truth][found] += 1
        }
        return ConfusionMatrix(labels: labels, counts: counts)
    }

    func evaluate(_ data: LabelledSequences) throws -> Evaluation {
        let matrix = try confusion(data)
        var table = Table(["class", "sequences", "correct", "recall", "precision", "F1"])
        func share(_ part: Int, _ whole: Int) -> Cell {
            whole == 0 ? Cell("") : Cell(Double(part) / Double(whole), decimals: 4)
        }
        for (index, label) in matrix.labels.enumerated() {
            let truth = matrix.counts[index].reduce(0, +)
            let found = matrix.counts.reduce(0) { $0 + $1[index] }
            let right = matrix.counts[index][index]
            table.add([
                Cell(label), Cell(truth), Cell(right), share(right, truth), share(right, found),
                share(2 * right, truth + found),
            ])
        }
        let right = matrix.labels.indices.reduce(0) { $0 + matrix.counts[$1][$1] }
        let most = matrix.counts.map { $0.reduce(0, +) }.max() ?? 0
        let accuracy = Double(right) / Double(data.count)
        return Evaluation(
            score: accuracy, table: table,
            note:
                "accuracy \(fixed(accuracy, 4)), \(right) of \(data.count); always the most frequent class \(fixed(Double(most) / Double(data.count), 4))"
        )
    }

    func predict(_ options: DataOptions, texts: [String]) throws -> Table {
        if !texts.isEmpty { try options.require(only: [], for: "texts given with --text") }
        let sequences = try texts.isEmpty ? sequences(options) : LabelledSequences(texts: texts, for: self)
        var table = Table(
            ["sequence"] + (sequences.labels.isEmpty ? [] : ["class"]) + ["predicted", "probability"],
            leftAligned: sequences.labels.isEmpty ? 2 : 3)
        for (index, row) in try probabilities(sequences).enumerated() {
            let best = row.indices.max { row[$0] < row[$1] } ?? 0
            let known = sequences.labels.isEmpty ? [] : [Cell(sequences.labels[index])]
            let name = texts.isEmpty ? Cell(index + 1) : Cell(texts[index])
            table.add(
                [name] + known
                    + [Cell(preparation.labels[best]), Cell(Double(row[best]), decimals: 4)])
        }
        return table
    }
}

extension LabelledSequences {
    fileprivate init(texts: [String], for model: Classifier) throws {
        guard case .words = model.preparation.inputs else {
            throw CommandFailure("--text: this is a classifier of series; give a file with --data")
        }
        self.init(steps: .words(texts.map { TweetWords.split($0) }), labels: [])
    }
}
