import Foundation
import TestSupport
import Testing

@testable import RecurrentFormats

@Suite struct TextReaderTests {
    static let text = "\u{FEFF}It's “Été”, she said;\r\nthen\r— 世界 👩‍🚀, \"ok\"!\n\r\n  The end"

    private func stream(_ bytes: [UInt8], chunk: Int) -> TextStream {
        TextStream(ByteStream(bytes, path: "t.txt"), chunk: chunk)
    }

    /// All tokens, read in windows of `window` tokens and pieces of `chunk` bytes.
    private func tokens(
        _ bytes: [UInt8], _ vocabulary: Vocabulary, window: Int = 5, chunk: Int = Tuning.readSize
    ) throws(FileError) -> [Int] {
        var reader = TextReader(stream(bytes, chunk: chunk), vocabulary)
        var (tokens, part): ([Int], [Int32]) = ([], [])
        while try reader.next(window, into: &part) { tokens += part.map { Int($0) } }
        return tokens
    }

    private func problem(_ bytes: [UInt8], _ vocabulary: Vocabulary, chunk: Int = 64) -> FileError? {
        do throws(FileError) {
            _ = try tokens(bytes, vocabulary, chunk: chunk)
            return nil
        } catch { return error }
    }

    @Test(arguments: Vocabulary.Kind.allCases)
    func thePiecesAndWindowsDoNotMatter(kind: Vocabulary.Kind) throws {
        let bytes = Array(Self.text.utf8)
        let plain = String(Self.text.unicodeScalars.dropFirst())
        let vocabulary = try Vocabulary(of: [plain], kind: kind)
        let expected = try vocabulary.tokens(of: plain)
        for chunk in [1, 2, 3, 7, 64, 1000] {
            for window in [1, 2, 7, 1000] {
                #expect(try tokens(bytes, vocabulary, window: window, chunk: chunk) == expected)
            }
            let counted = try Vocabulary(
                stream(bytes, chunk: chunk), kind, minimumCount: 1, limit: nil, .frequency, .refuse)
            #expect(counted == vocabulary)
        }
    }

    @Test func windowsAreFullButForTheLast() throws {
        let vocabulary = try Vocabulary(["a", "b"])
        var reader = TextReader(stream(Array("ababa".utf8), chunk: 3), vocabulary)
        var window: [Int32] = []
        #expect(try reader.next(2, into: &window) && window == [0, 1])
        #expect(try reader.next(2, into: &window) && window == [0, 1])
        #expect(try reader.next(2, into: &window) && window == [0])
        #expect(try !reader.next(2, into: &window) && window.isEmpty)
        #expect(try !reader.next(2, into: &window))
    }

    @Test func filesAreReadAsTheirTextIs() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/t.txt"
            try Data(Self.text.utf8).write(to: URL(fileURLWithPath: path))
            let vocabulary = try Vocabulary(countingSymbolsOf: path, kind: .words)
            let tokens = try TextReader.tokens(of: path, vocabulary: vocabulary)
            #expect(try tokens == vocabulary.tokens(of: String(Self.text.unicodeScalars.dropFirst())))
            try Data([0xEF, 0xBB, 0xBF, 13, 10]).write(to: URL(fileURLWithPath: path))
            #expect(throws: FileError.self) { try Vocabulary(countingSymbolsOf: path, minimumCount: 2) }
            #expect(try Vocabulary(countingSymbolsOf: path).symbols == ["\n"])
        }
    }

    /// Ill-formed sequences: bad first bytes, bad continuations, overlong forms, surrogates, scalars beyond U+10FFFF.
    static let illFormed: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x9F, 0xBF], [0xE2, 0x82],
        [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80], [0xEF, 0xBB], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF, 0xFE],
    ]

    @Test(arguments: illFormed)
    func whatIsNotUTF8IsNamedWithLineAndByte(bytes: [UInt8]) throws {
        let vocabulary = try Vocabulary(["a", "\n", "é"])
        for chunk in [1, 2, 3, 7, 64] {
            for rest in ["", "\naaaaaaaaaaaa"] {
                let error = problem(
                    Array("é\r\naé".utf8) + bytes + Array(rest.utf8), vocabulary, chunk: chunk)
                #expect(
                    error?.line == 2 && error?.problem.contains("byte 7 is not UTF-8") == true, "\(chunk)")
            }
        }
    }

    @Test func everyScalarIsRead() throws {
        let scalars = ([1...0xD7FF, 0xE000...0x10FFFF] as [ClosedRange<UInt32>]).flatMap { range in
            stride(from: range.lowerBound, through: range.upperBound, by: 61).map { $0 } + [range.upperBound]
        }.filter { $0 != 13 }
        var text = String.UnicodeScalarView()
        for scalar in scalars { text.append(Unicode.Scalar(scalar)!) }
        let vocabulary = try Vocabulary(of: [String(text)], order: .appearance)
        #expect(vocabulary.count == scalars.count)
        #expect(try tokens(Array(String(text).utf8), vocabulary, chunk: 7) == Array(scalars.indices))
    }

    @Test func nulIsNamedWhereverItStands() throws {
        let vocabulary = try Vocabulary(["a", "\n"], unknown: .skip)
        for place in 0..<20 {
            var bytes = Array(repeating: UInt8(ascii: "a"), count: 20)
            bytes[3] = 10
            bytes[place] = 0
            for chunk in [1, 7, 64] {
                let error = problem(bytes, vocabulary, chunk: chunk)
                #expect(error?.line == (place > 3 ? 2 : 1), "\(place)")
                #expect(error?.problem.hasPrefix("byte \(place) is NUL") == true, "\(place)")
            }
        }
    }

    @Test func unknownSymbolsAreNamedWithLineAndColumn() throws {
        for chunk in [1, 2, 5, 64] {
            let error = problem(
                Array("aé\r\néa\n\néaz".utf8), try Vocabulary(["a", "é", "\n"]), chunk: chunk)
            #expect(error?.line == 4 && error?.problem.hasPrefix("column 3: 'z' (U+007A) is not in") == true)
            let words = problem(
                Array("to be\r\nor nöt be".utf8), try Vocabulary(of: ["to be or\n"], kind: .words))
            #expect(words?.line == 2 && words?.problem.hasPrefix("column 4: 'nöt' is not in") == true)
        }
    }

    @Test func aWordWithoutEndIsAnErrorAndNotAFullMemory() throws {
        let long = Array(repeating: UInt8(ascii: "A"), count: Tuning.wordBytes)
        let words = try Vocabulary(["b", "\n"], kind: .words, unknown: .replace)
        #expect(try tokens(Array("b ".utf8) + long, words, chunk: 4096) == [0, 2])
        for chunk in [4096, 1 << 20] {
            let error = problem(Array("b\nb ".utf8) + long + long, words, chunk: chunk)
            #expect(error?.line == 2 && error?.problem.contains("a word of more than 65536 bytes") == true)
        }
        let text = String(decoding: [10] + long + [65], as: UTF8.self)
        #expect(throws: VocabularyError.tooLong(line: 2, column: 1)) { try words.tokens(of: text) }
        #expect(throws: VocabularyError.tooLong(line: 2, column: 1)) {
            try Vocabulary(of: [text], kind: .words)
        }
    }

    @Test(arguments: Vocabulary.Kind.allCases)
    func noDamageCrashesTheReader(kind: Vocabulary.Kind) throws {
        let vocabulary = try Vocabulary(of: [Self.text], kind: kind, unknown: .replace)
        var mutations = Mutations(seed: 21)
        let telling: [UInt8] = [0, 10, 13, 32, 39, 0xC3, 0xE4, 0xF0, 0x80, 0xBF, 0xFF]
        mutations.giveDamaged([Array(Self.text.utf8)], telling: telling) { bytes, mutations in
            let text = String(validating: bytes, as: UTF8.self).flatMap { bytes.contains(0) ? nil : $0 }
            guard let tokens = try? tokens(bytes, vocabulary, chunk: mutations.chunk()) else {
                #expect(text == nil)
                return false
            }
            var plain = text?.unicodeScalars ?? "".unicodeScalars
            if plain.first == "\u{FEFF}" { plain.removeFirst() }
            let expected = try? vocabulary.tokens(of: String(plain))
            #expect(text != nil && tokens == expected)
            return true
        }
    }
}
