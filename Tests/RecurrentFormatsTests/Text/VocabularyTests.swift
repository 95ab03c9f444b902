import Foundation
import Recurrent
import Testing

@testable import RecurrentFormats

@Suite struct VocabularyTests {
    private func vocabulary(
        of text: String, _ kind: Vocabulary.Kind = .words, unknown: UnknownSymbols = .refuse
    ) throws -> Vocabulary {
        try Vocabulary(of: [text], kind: kind, order: .appearance, unknown: unknown)
    }

    @Test func charactersAreUnicodeScalars() throws {
        let vocabulary = try vocabulary(of: "naïve e\u{301}👩‍🚀", .characters)
        #expect(
            vocabulary.symbols
                == ["n", "a", "ï", "v", "e", " ", "\u{301}", "👩", "\u{200D}", "🚀"])
        let tokens = try vocabulary.tokens(of: "e\u{301}🚀")
        #expect(tokens == [4, 6, 9] && vocabulary.text(of: tokens) == "e\u{301}🚀")
    }

    @Test func everyLineEndIsALineFeed() throws {
        for kind in Vocabulary.Kind.allCases {
            let vocabulary = try vocabulary(of: "a\r\nb\rc\n\rd", kind)
            #expect(vocabulary.symbols == ["a", "\n", "b", "c", "d"])
            #expect(try vocabulary.tokens(of: "a\r\n\r\rb\n") == [0, 1, 1, 1, 2, 1])
        }
    }

    @Test(arguments: [
        ("Don't stop—it's 12 o'clock!", ["Don't", "stop", "—", "it's", "12", "o'clock", "!"]),
        ("the dogs' 'bones'", ["the", "dogs", "'", "bones"]), ("a''b", ["a", "'", "b"]),
        ("l’été\tde cafe\u{301}\u{A0}ok", ["l’été", "de", "cafe\u{301}", "ok"]),
        ("x=1.5;\n\n ", ["x", "=", "1", ".", "5", ";", "\n"]), ("世界，你好", ["世界", "，", "你好"]),
        ("\u{301} a\u{200D}b", ["\u{301}", "a\u{200D}b"]),
    ])
    func wordsAreRunsOfLettersAndTheRestStandsAlone(text: String, words: [String]) throws {
        #expect(try vocabulary(of: text).symbols == words)
    }

    @Test func lowerCaseFollowsUnicode() throws {
        let vocabulary = try vocabulary(of: "The ÉTÉ the Été ΣΑΣ İ A", .lowercaseWords)
        #expect(vocabulary.symbols == ["the", "été", "σασ", "i\u{307}", "a"])
        #expect(try vocabulary.tokens(of: "THE a") == [0, 4])
    }

    @Test(arguments: [
        "\"Well-known,\" he said (twice): don't!\nThe dogs' 3 bones\n", "$5 @home — and/or… “no”",
        "' ' a ' b", "\" a \" b \" \n \" c \"", "a_b [c] {d} 100% #1 ¿qué?",
    ])
    func generatedTextHasTheSameTokens(text: String) throws {
        let vocabulary = try vocabulary(of: text)
        let tokens = try vocabulary.tokens(of: text)
        #expect(try vocabulary.tokens(of: vocabulary.text(of: tokens)) == tokens)
    }

    @Test func punctuationIsSetAsInPrint() throws {
        let text = "\"Well-known,\" he said (twice): \"don't!\"\nThe dogs' bones cost $5."
        let vocabulary = try vocabulary(of: text)
        #expect(try vocabulary.text(of: vocabulary.tokens(of: text)) == text)
    }

    @Test func anyTokensInAnyOrderSurviveBeingText() throws {
        let vocabulary = try vocabulary(of: "a it's \u{301} - / _ \" ' ’ ( ) . , $ \n b 7 — « » 世")
        var generator = RandomGenerator(seed: 3)
        for _ in 0..<500 {
            let tokens = (0..<8).map { _ in generator.index(below: vocabulary.count) }
            #expect(try vocabulary.tokens(of: vocabulary.text(of: tokens)) == tokens)
        }
    }

    @Test func unknownSymbolsAreRefusedReplacedOrSkipped() throws {
        let refusing = try Vocabulary(["a", "b", "\n"])
        #expect(throws: VocabularyError.unknown(symbol: "é", line: 2, column: 3)) {
            try refusing.tokens(of: "ab\r\nabé")
        }
        let replacing = try Vocabulary(["a", "b"], unknown: .replace)
        #expect(replacing.count == 3 && replacing.unknownIndex == 2 && replacing.symbols[2] == "\u{FFFD}")
        #expect(try replacing.text(of: replacing.tokens(of: "ab?\u{0}c")) == "ab\u{FFFD}\u{FFFD}\u{FFFD}")
        let words = try Vocabulary(["to", "be"], kind: .words, unknown: .replace)
        #expect(try words.text(of: words.tokens(of: "to see")) == "to <unk>")
        let skipping = try Vocabulary(["to", "be"], kind: .words, unknown: .skip)
        #expect(try skipping.tokens(of: "to see, be") == [0, 1] && skipping.unknownIndex == nil)
        let problem = "\(VocabularyError.unknown(symbol: "\t", line: 7, column: 9))"
        #expect(problem.hasPrefix("line 7, column 9: U+0009 is not in the vocabulary"))
    }

    @Test func orderMinimumAndLimitDecideTheIndices() throws {
        let texts = ["c b a b", "a b d"]
        #expect(try Vocabulary(of: texts, kind: .words).symbols == ["b", "a", "c", "d"])
        #expect(try Vocabulary(of: texts, kind: .words, minimumCount: 2).symbols == ["b", "a"])
        #expect(try Vocabulary(of: texts, kind: .words, limit: 3).symbols == ["b", "a", "c"])
        #expect(
            try Vocabulary(of: texts, kind: .words, limit: 3, order: .appearance).symbols == ["c", "b", "a"])
        #expect(throws: VocabularyError.noSymbols) { try Vocabulary(of: texts, minimumCount: 99) }
        #expect(throws: VocabularyError.noSymbols) { try Vocabulary(of: ["", " "], kind: .words) }
    }

    @Test func whatIsNotOneSymbolIsRefused() {
        for bad in ["", "ab", "\0", "\r", "\r\n"] {
            #expect(throws: VocabularyError.notASymbol(bad, kind: .characters)) {
                try Vocabulary(["x", bad])
            }
        }
        for bad in ["", "a b", " a", "a.", " ", "<unk>", "\r\n", "a\0"] {
            #expect(throws: VocabularyError.notASymbol(bad, kind: .words)) {
                try Vocabulary([bad], kind: .words)
            }
        }
        #expect(throws: VocabularyError.notASymbol("The", kind: .lowercaseWords)) {
            try Vocabulary(["The"], kind: .lowercaseWords)
        }
        #expect(throws: VocabularyError.repeated(symbol: "é")) { try Vocabulary(["é", "a", "é"]) }
        #expect(throws: VocabularyError.noSymbols) { try Vocabulary([]) }
        #expect(throws: VocabularyError.noSymbols) { try Vocabulary(["\u{FFFD}"], unknown: .replace) }
        // The same letter to a reader, but other scalars.
        #expect(throws: Never.self) { try Vocabulary(["e", "\u{301}", "é"]) }
    }

    @Test func aModelFileKeepsIt() throws {
        let text = "\"Ça\" \\ va / 👩‍🚀\r\n\t\u{1} fin"
        for kind in Vocabulary.Kind.allCases {
            for unknown in UnknownSymbols.allCases {
                let vocabulary = try vocabulary(of: text, kind, unknown: unknown)
                let metadata = Safetensors(tensors: [], metadata: vocabulary.metadata).data
                #expect(try Vocabulary(metadata: Safetensors(metadata).metadata) == vocabulary)
                let json = try JSONEncoder().encode(vocabulary)
                #expect(try JSONDecoder().decode(Vocabulary.self, from: json) == vocabulary)
            }
        }
        #expect(try Vocabulary(metadata: ["network.dropout": "0"]) == nil)
    }

    @Test func damagedMetadataAreNamed() throws {
        let good = try Vocabulary(["a", "b"], unknown: .replace).metadata
        for (key, value) in [
            ("kind", nil), ("kind", "letters"), ("unknown", nil), ("unknown", ""), ("symbols", nil),
            ("symbols", "a"), ("symbols", "[1]"), ("symbols", "[\"a\",\"b\"]"),
            ("symbols", "[\"\u{FFFD}\",\"a\"]"), ("symbols", "[\"\u{FFFD}\",\"\u{FFFD}\"]"),
        ] {
            var metadata = good
            metadata["vocabulary." + key] = value
            do throws(VocabularyError) {
                _ = try Vocabulary(metadata: metadata)
                Issue.record("\(key) = \(value ?? "nil") was accepted")
            } catch {
                #expect("\(error)".contains("'vocabulary.\(key)'"))
            }
        }
    }

    @Test func indicesAreLookedUp() throws {
        let characters = try Vocabulary(["a", "é"])
        #expect(characters.index(of: "é") == 1 && characters.index(of: "e\u{301}") == nil)
        #expect(characters.index(of: "b") == nil && characters.index(of: "") == nil)
        let words = try Vocabulary(["it's", "."], kind: .words)
        #expect(words.index(of: "it's") == 0 && words.index(of: "It's") == nil && words.symbol(1) == ".")
    }

    @Test func aTableOfManyWordsFindsEachOfThem() {
        var table = WordTable()
        for number in 0..<2000 {
            let word = Array("w\(number)".utf8)
            #expect(table.insert(word.span, 0..<word.count) == number)
        }
        let (word, other) = (Array("w1999".utf8), Array("w2000".utf8))
        #expect(table.insert(word.span, 0..<5) == 1999 && table.number(of: other.span, 0..<5) == -1)
        #expect(table.count == 2000 && table.word(0) == "w0")
    }
}
