import Foundation
import RecurrentFormats
import Testing

@Suite struct TimeSeriesErrorTests {
    private static let labels = "@classLabel true a\n@data\n"
    private static let times = "@timeStamps true\n@classLabel false\n@data\n"

    /// A file, the line at fault, and a part of the message.
    static let bad: [(text: String, line: Int?, words: String)] = [
        ("", nil, "no line '@data'"), ("@classLabel true a\n", nil, "no line '@data'"),
        (labels, nil, "no series"),
        ("x", 1, "'x' where '@key value'"), ("#\n\n@", 3, "'@' where"), ("1,2:a", 1, "'1,2:a' where"),
        ("@data\n1:a\n", 1, "before any @classLabel"),
        ("@classLabel true a\n@data x\n1:a", 2, "'@data' with a value"),
        ("@targetLabel false\n@data\n1", 2, "before any @classLabel"),
        ("@classLabel", 1, "'@classLabel' without true or false"),
        ("@missing maybe", 1, "'@missing' without"),
        ("@univariate 1", 1, "without true or false"), ("@equalLength true 7", 1, "two values"),
        ("@classLabel true", 1, "without labels"), ("@classLabel true a b A", 1, "'A' stands here twice"),
        ("@dimensions two", 1, "'@dimensions' without a whole number"), ("@dimension -1", 1, "whole number"),
        ("@seriesLength 99999999999999999999", 1, "whole number"), ("@seriesLength", 1, "whole number"),
        ("@missing true\n@Missing true", 2, "'@Missing' is said a second time"),
        ("@dimension 1\n@dimensions 1", 2, "second time"),
        ("@classLabel true a\n@targetLabel true\n@data", 3, "both @classLabel and @targetLabel"),
        (labels + "1:b", 3, "the label 'b' is not among"), (labels + "1:", 3, "the label ''"),
        (labels + "a", 3, "0 channels"),
        (labels + "1,x:a", 3, "channel 1, value 2: 'x' where a finite number"),
        (labels + "1,:a", 3, "value 2: ''"),
        (labels + ":a", 3, "value 1: ''"), (labels + "1:2,inf:a", 3, "channel 2, value 2: 'inf'"),
        (labels + "1e999:a", 3, "'1e999'"), (labels + "0x10:a", 3, "'0x10'"), (labels + "1 2:a", 3, "'1 2'"),
        (labels + "1,nan:a", 3, "missing"), (labels + "(0,1):a", 3, "'(0'"),
        (labels + String(repeating: "z", count: 99) + ":a", 3, "'\(String(repeating: "z", count: 40))…'"),
        (labels + "1,2:3:a", 3, "2 in channel 1 and 1 in channel 2"),
        (labels + "1:2,3:a", 3, "1 in channel 1 and 2"),
        (labels + "1:2:a\n1:a", 4, "1 channels where 2 are expected by the series before"),
        ("@univariate true\n" + labels + "1:2:a", 4, "2 channels where 1 are expected by @univariate"),
        ("@dimensions 3\n" + labels + "1:2:a", 4, "2 channels where 3 are expected by @dimensions"),
        ("@equalLength true\n" + labels + "1,2:a\n1:a", 5, "1 steps where 2"),
        (
            "@equalLength true\n@seriesLength 3\n" + labels + "1,2:a", 5,
            "2 steps where 3 are expected by @seriesLength"
        ),
        (labels + "1:a\n\n \n2:a", 6, "line 4 before this one is empty"),
        ("@targetLabel true\n@data\n1:x", 3, "'x' where the number to predict"),
        ("@targetLabel true\n@data\n1:?", 3, "'?'"),
        (times + "1,2", 4, "channel 1, value 1: '1,2' where '(time,value)'"), (times + "", nil, "no series"),
        (times + "(0,1),2", 4, "value 2: '2' where '(time"), (times + "(0,1", 4, "'(0,1'"),
        (times + "(0,1)x", 4, "'(0,1)x'"),
        (times + "(0,1),", 4, "value 2: ''"), (times + "(0,1,2)", 4, "'1,2' where a finite number"),
        (times + "()", 4, "'()'"),
        (times + "(2020-01-01,1)", 4, "'2020-01-01' where a time"),
        (times + "(0,1),(0,2)", 4, "0.0 does not come after 0.0"),
        (times + "(0,1),(1,2):(0,1),(2,2)", 4, "channel 2, value 2: the time is 2.0, in channel 1 1.0"),
        (times + "(0,1):(0,1),(2,2)", 4, "1 in channel 1 and 2 in channel 2"),
        (times + "(-1e308,1),(1e308,2)", 4, "too far from the first"),
        (times + "(?,1)", 4, "'?' where a time"),
    ]

    @Test(arguments: bad.indices)
    func whatIsWrongIsSaidWithItsLine(index: Int) throws {
        let (text, line, words) = Self.bad[index]
        let error = #expect(throws: FileError.self, "\(text)") {
            try TimeSeriesFile(Data(text.utf8), path: "s.ts")
        }
        #expect(
            error?.path == "s.ts" && error?.line == line && error?.problem.contains(words) == true,
            "\(error!)")
    }

    @Test func aHeaderInAnotherEncodingIsRefused() {
        for bytes: [UInt8] in [
            [0xFF, 0xFE, 0x40, 0, 0x0A, 0], [0x40, 0, 0x0A, 0], Array("@problemName ".utf8) + [0xE9],
            Array("@classLabel true a\0".utf8),
        ] {
            let error = #expect(throws: FileError.self) { try TimeSeriesFile(Data(bytes), path: "s.ts") }
            #expect(error?.line == 1 && error?.problem.contains("not UTF-8") == true)
        }
    }

    @Test func aChannelWithoutAnyValueCannotBeFilled() {
        let error = #expect(throws: FileError.self) {
            try TimeSeriesFile(Data((Self.labels + "1,2:?,NaN:a").utf8), path: "s.ts", missing: .interpolate)
        }
        #expect(error?.line == 3 && error?.problem.contains("channel 2 has no value at all") == true)
    }

    @Test func aFileThatIsNotThereIsAnError() {
        #expect(throws: FileError.self) { try TimeSeriesFile(contentsOf: "/no/such/file.ts") }
    }
}
