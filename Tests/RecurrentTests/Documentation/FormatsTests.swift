import RecurrentFormats
import TestSupport
import Testing

/// The example of RecurrentFormats.md, and the wording of its errors.
@Suite struct FormatsTests {
    @Test func theExampleOfFormatsRuns() throws {
        try Fixtures.withTemporaryFolder { folder in
            let (prices, book, array) = (folder + "/prices.csv", folder + "/book.txt", folder + "/price.npy")
            try DurableFile.write(.init("month,price\n2024-01,3\n2024-02,?\n2024-03,5\n".utf8), to: prices)
            try DurableFile.write(.init("To be, or not to be".utf8), to: book)

            let table = try CSVTable(contentsOf: prices)
            let price = try table.numbers(in: "price", missing: .interpolate)
            let dates = try table.dates(in: "month")
            print(dates.step, dates.following(1)[0])  // a month 2024-04

            let vocabulary = try Vocabulary(countingSymbolsOf: book, kind: .lowercaseWords)
            var reader = try TextReader(book, vocabulary: vocabulary)
            var window: [Int32] = []
            while try reader.next(4, into: &window) { print(vocabulary.text(of: window.map { Int($0) })) }

            try NumPyArray(shape: [price.count], values: price).write(to: array)
            let sequence = try NumPyArray(contentsOf: array).sequences()[0]

            #expect("\(dates.step) \(dates.following(1)[0])" == "a month 2024-04")
            #expect(vocabulary.symbols == ["to", "be", ",", "or", "not"] && window.isEmpty)
            #expect(sequence == [[3], [4], [5]])
        }
    }

    @Test func errorsOfFormatsAreWordedAsThePageSays() throws {
        let page = try Page(path: "Sources/RecurrentFormats/RecurrentFormats.docc/RecurrentFormats.md").text
        let prices = #expect(throws: FileError.self) {
            try CSVTable(.init("month,price\n1,2\n2,abc\n".utf8), path: "prices.csv").numbers(in: "price")
        }
        let vowels = #expect(throws: FileError.self) {
            let text = "# vowels\n@classLabel true one two\n@data\n1:one\n2:four\n"
            return try TimeSeriesFile(.init(text.utf8), path: "vowels.ts")
        }
        for error in [prices, vowels] { #expect(page.contains("    \(try #require(error))\n")) }
    }
}
