import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// How fast files of 100 MB are read, and by how much memory grows meanwhile at most. What is read is held against
/// what was written before a figure counts.
func measureReading() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, letters) in [
        ("text, ASCII", "etaoinshrdlcumwfgypbvk"), ("text, Cyrillic", "оеаинтсрвлкмдпуяыьгзбч"),
    ] {
        try WrittenText(folder + "/text.txt", letters: Array(letters)).measure(name)
    }
    try WrittenTable(folder + "/table.csv").measure()
}

/// 100 MB that end with a line, and what a reader must find in them.
private struct WrittenText {
    let path: String
    var megabytes = 0.0
    var characters = 0
    var words = 0

    /// Lines of words of these letters, each as frequent as the inverse of its rank, as in natural languages.
    init(_ path: String, letters: [Character]) throws {
        self.path = path
        var generator = RandomGenerator(seed: 1)
        let lexicon = (0..<20_000).map { _ in
            String(
                (0...generator.index(below: 9)).map { _ in letters[generator.index(below: letters.count)] })
        }
        megabytes = try write(to: path) { _ in
            let count = 8 + generator.index(below: 8)
            let line = (0..<count).map { _ in
                lexicon[Int(pow(20_000, generator.uniform()))]
            }
            let text = line.joined(separator: " ") + ".\n"
            characters += text.unicodeScalars.count
            words += count + 2
            return text
        }
    }

    func measure(_ name: String) throws {
        for kind in Vocabulary.Kind.allCases {
            var vocabulary = try Vocabulary(["x"])
            try report("\(name): \(kind.rawValue) counted", megabytes) {
                vocabulary = try Vocabulary(countingSymbolsOf: path, kind: kind)
                return vocabulary.count > 20
            }
            try report("\(name): \(kind.rawValue) read in windows of 4096", megabytes) {
                var reader = try TextReader(path, vocabulary: vocabulary)
                var (window, count): ([Int32], Int) = ([], 0)
                while try reader.next(4096, into: &window) { count += window.count }
                return count == (kind == .characters ? characters : words)
            }
        }
    }
}

private struct WrittenTable {
    let path: String
    var megabytes = 0.0
    /// Added in the order of the rows, so that they have the same bits.
    var sums = [0.0, 0.0, 0.0]
    let names = ["number", "price", "share"]

    init(_ path: String) throws {
        self.path = path
        var generator = RandomGenerator(seed: 2)
        megabytes = try write(to: path) { [names] row in
            if row == 0 { return "place," + names.joined(separator: ",") + "\n" }
            let values = [
                Double(row), Double(generator.index(below: 100_000)) / 100, generator.uniform(within: 1),
            ]
            for column in sums.indices { sums[column] += values[column] }
            return "\"place \(row % 17)\",\(row),\(values[1]),\(values[2])\n"
        }
    }

    func measure() throws {
        try report("table: three of four columns, row by row", megabytes) {
            var reader = try CSVReader(path)
            let columns = try names.map { try reader.index(of: .name($0)) }
            var found = [0.0, 0.0, 0.0]
            while try reader.next() {
                for place in 0..<3 { found[place] += try reader.number(columns[place]) ?? .nan }
            }
            return found == sums
        }
        try report("table: read whole", megabytes) {
            let table = try CSVTable(contentsOf: path)
            return try names.map { try table.numbers(in: $0).reduce(0, +) } == sums
        }
    }
}

/// Writes lines until there are 100 MB, and returns how many.
private func write(to path: String, _ line: (Int) -> String) throws -> Double {
    guard FileManager.default.createFile(atPath: path, contents: nil) else {
        throw FileError(path: path, problem: "the file cannot be created")
    }
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    var (bytes, piece, row) = (0, "", 0)
    while bytes < 100_000_000 {
        piece.removeAll(keepingCapacity: true)
        while piece.utf8.count < 1 << 20 {
            piece += line(row)
            row += 1
        }
        bytes += piece.utf8.count
        try file.write(contentsOf: Data(piece.utf8))
    }
    try file.close()
    return Double(bytes) / 1e6
}

/// Prints the best speed of three runs, by the clock and by the processor's time, which other programs change less,
/// and the growth of memory over all of them.
private func report(_ name: String, _ megabytes: Double, _ read: () throws -> Bool) throws {
    var (least, leastBusy) = (Double.infinity, Double.infinity)
    var isRight = true
    let growth = try growth {
        for _ in 0..<3 {
            let (start, busy) = (ContinuousClock.now, clock())
            let found = try read()
            least = min(least, (ContinuousClock.now - start) / .seconds(1))
            leastBusy = min(leastBusy, Double(clock() - busy) / Double(CLOCKS_PER_SEC))
            isRight = isRight && found
        }
    }
    guard isRight else { return print("WRONG: \(name)") }
    print(
        "\(format(megabytes / least, 0, width: 6)) MB/s \(format(megabytes / leastBusy, 0, width: 6)) MB/s busy \(format(growth, 1, width: 6)) MB memory   \(name)"
    )
}
