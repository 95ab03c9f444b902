import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// A text of 100 MB in a file, and the counts that a reader must find in it.
struct WrittenText {
    let path: String
    var megabytes = 0.0
    var characters = 0
    var words = 0

    /// Writes lines of words made of these letters. The frequency of a word is inversely proportional to its rank, as in
    /// natural languages.
    init(_ path: String, letters: [Character]) throws {
        self.path = path
        var generator = RandomGenerator(seed: 1)
        let lexicon = (0..<20_000).map { _ in
            String(
                (0...generator.index(below: 9)).map { _ in letters[generator.index(below: letters.count)] })
        }
        megabytes = try writeLines(to: path) { _ in
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
            try reportReading("\(name): \(kind.rawValue) counted", megabytes) {
                vocabulary = try Vocabulary(countingSymbolsOf: path, kind: kind)
                return vocabulary.count > 20
            }
            try reportReading("\(name): \(kind.rawValue) read in windows of 4096", megabytes) {
                var reader = try TextReader(path, vocabulary: vocabulary)
                var (window, count): ([Int32], Int) = ([], 0)
                while try reader.next(4096, into: &window) { count += window.count }
                return count == (kind == .characters ? characters : words)
            }
        }
    }
}
