import Foundation
import RecurrentFormats
import TestSupport
import Testing

@Suite struct TimeSeriesFileTests {
    private func read(
        _ text: String, missing: TimeSeriesFile.MissingValues = .refuse
    ) throws(FileError) -> TimeSeriesFile {
        try TimeSeriesFile(Data(text.utf8), path: "s.ts", missing: missing)
    }

    /// The only channel of the only series.
    private func channel(_ line: String, header: String = "") throws -> [Double] {
        let file = try read("@classLabel false\n\(header)@data\n\(line)", missing: .interpolate)
        #expect(file.series.count == 1 && file.channels == 1)
        return file.series[0].steps.map { $0[0] }
    }

    @Test func seriesOfDifferentLengthsAndTheirLabels() throws {
        let file = try read(
            "#c\n@problemName p q\n@univariate false\n@dimensions 2\n@equalLength false\n@classLabel true a b\n"
                + "@data\n1,2.5:3,-4e1:b\n5:6:a\n")
        #expect(file.labels == ["a", "b"] && file.channels == 2)
        #expect(file.series.map(\.steps) == [[[1, 3], [2.5, -40]], [[5, 6]]])
        #expect(file.series.map(\.label) == [1, 0])
        #expect(file.series.allSatisfy { $0.target == nil && $0.times == nil })
    }

    @Test func numbersToPredict() throws {
        let file = try read("@TARGETLABEL true\n@classlabel false\n@data\n1,2:-0.25\n3:1e3")
        #expect(file.labels.isEmpty && file.series.map(\.target) == [-0.25, 1000])
        #expect(file.series.map(\.steps) == [[[1], [2]], [[3]]])
    }

    @Test func nothingToPredict() throws {
        let file = try read("@classLabel false\n@data\n1,2:3,4\n5:6\n")
        #expect(file.series == [.init(steps: [[1, 3], [2, 4]]), .init(steps: [[5, 6]])])
    }

    @Test func labelsKeepTheirCaseAndAreFoundInAny() throws {
        let file = try read("@classLabel true Standing walking ÜBEN\n@data\n1:standing\n1:WALKING\n1:üben")
        #expect(file.labels == ["Standing", "walking", "ÜBEN"] && file.series.map(\.label) == [0, 1, 2])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func everyLineEndAndMarkAndBlankIsRead(end: String) throws {
        let lines = [
            "\u{FEFF}# comment", "", " @classLabel\ttrue  a b ", "#", "@timeStamps FALSE", "@unknown key x",
            "@data",
            " 1 ,\t2 : 3,4 : b ", "# 1:2:a", "5:6:a", "", " ", "",
        ]
        for text in [lines.joined(separator: end), lines.dropLast(3).joined(separator: end)] {
            let file = try read(text)
            #expect(
                file.series == [
                    .init(steps: [[1, 3], [2, 4]], label: 1), .init(steps: [[5, 6]], label: 0),
                ])
        }
    }

    @Test func commentsNeedNotBeUTF8() throws {
        let text = Data([0x23, 0xE9, 0x0A]) + Data("@classLabel false\n@data\n1".utf8)
        #expect(try TimeSeriesFile(text, path: "s.ts").series.count == 1)
        #expect(try TimeSeriesFile((Data([1, 2]) + text).dropFirst(2), path: "s.ts").series.count == 1)
    }

    @Test func missingValuesAreRefusedWithTheirPlace() {
        for word in ["?", "NaN", "nan", " ? "] {
            let error = #expect(throws: FileError.self) {
                try read("@missing true\n@classLabel false\n@data\n1,2,3\n1,2:3,\(word)")
            }
            #expect(
                error?.line == 5
                    && error?.problem.contains("channel 2, value 2: the value is missing") == true)
        }
    }

    @Test func missingValuesLieOnTheLineBetweenTheirNeighbours() throws {
        #expect(try channel("1,?,NaN,nan,5") == [1, 2, 3, 4, 5])
        #expect(try channel("?,?,1,?,2,-2,?") == [1, 1, 1, 1.5, 2, -2, -2])
        #expect(try channel("?,7,?") == [7, 7, 7])
        let largest = Double.greatestFiniteMagnitude
        #expect(try channel("\(largest),?,?,\(largest)").allSatisfy { $0 == largest })
        #expect(try channel("-\(largest),?,\(largest)") == [-largest, 0, largest])
        let file = try read("@classLabel true a\n@data\n1,?:?,4:a", missing: .interpolate)
        #expect(file.series[0].steps == [[1, 4], [1, 4]])
    }

    @Test func timesAreKeptAndCarryTheLineBetweenNeighbours() throws {
        let header = "@timeStamps true\n@classLabel true a\n@data\n"
        let file = try read(
            header + "(0,1),(1,?),(4,5):( 0 , 1 ) , (1,2), (4,3) :a\n(-1.5,2):(-1.5,3):a",
            missing: .interpolate)
        #expect(file.series[0].steps == [[1, 1], [2, 2], [5, 3]] && file.series[0].times == [0, 1, 4])
        #expect(file.series[1] == .init(steps: [[2, 3]], label: 0, times: [-1.5]))
    }

    @Test func statementsThatFilesGetWrongAreNotHeldAgainstThem() throws {
        #expect(try channel("1,2,3", header: "@seriesLength 7\n@missing false\n") == [1, 2, 3])
        #expect(
            try channel("1,?", header: "@equalLength false\n@seriesLength 0\n@missing false\n") == [1, 1])
        let file = try read("@classLabel false\n@data\n1:2")  // Univariate is what the reference assumes.
        #expect(file.channels == 2)
    }

    /// With classes, with a number to predict at known times, and with nothing to predict.
    static let good = [
        "#c\n@univariate false\n@dimensions 2\n@classLabel true a bc\r\n@data\n1,2.5:3,-4e1:bc\n5,?:6,1:A\n",
        "@targetLabel true\n@timeStamps true\n@equalLength true\n@data\n(0,1),(1,?),(4,5):7\n(0,1),(2,3),(3,4):-1.5",
        "@classLabel false\n@data\n" + (1...20).map { "\($0 * $0),-\($0).25,\($0 + 100)e-2\n" }.joined(),
    ]

    @Test func noDamageCrashesTheReader() throws {
        var mutations = Mutations(seed: 31)
        let files = Self.good.map { Array($0.utf8) }
        mutations.giveDamaged(files, telling: Array("@#:,?().e-\n".utf8)) { bytes, _ in
            let complete = try? TimeSeriesFile(Data(bytes), path: "s.ts")
            let filled = try? TimeSeriesFile(Data(bytes), path: "s.ts", missing: .interpolate)
            #expect(complete == nil || complete?.series == filled?.series)
            guard let file = filled else { return false }
            let isWhole = file.series.allSatisfy { series in
                !series.steps.isEmpty && (file.labels.indices.contains(series.label) || file.labels.isEmpty)
                    && series.steps.allSatisfy { $0.count == file.channels && $0.allSatisfy(\.isFinite) }
                    && series.times?.count ?? series.steps.count == series.steps.count
                    && series.target?.isFinite ?? true
            }
            #expect(isWhole && file.channels > 0, "\(String(decoding: bytes, as: UTF8.self))")
            return true
        }
    }
}
