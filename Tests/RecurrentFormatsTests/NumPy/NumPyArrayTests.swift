import Foundation
import RecurrentFormats
import TestSupport
import Testing

/// Arrays that NumPy wrote; see Tests/Fixtures/make_numpy.py.
private struct RecordedArrays: Decodable {
    struct Array: Decodable {
        let name: String
        let shape: [Int]
        /// Hexadecimal floating-point numbers, row-major.
        let values: [String]
        let file: Data
    }
    struct Refused: Decodable {
        let name: String
        let file: Data
    }

    let arrays: [Array]
    let refused: [Refused]

    static func read() throws -> RecordedArrays {
        let data = try Data(contentsOf: Fixtures.folder.appendingPathComponent("numpy.json"))
        return try JSONDecoder().decode(Self.self, from: data)
    }
}

/// A file of version 1 of a header and the bytes after it.
private func file(_ header: String, _ bytes: [UInt8] = [], length: Int? = nil) -> Data {
    let length = length ?? header.utf8.count
    return Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)])
        + Data(header.utf8) + Data(bytes)
}

private func header(_ type: String, _ order: String, _ shape: String) -> String {
    "{'descr': \(type), 'fortran_order': \(order), 'shape': \(shape), }"
}

/// The same with the bytes in rows.
private func header(_ shape: String) -> String { header("'|u1'", "False", shape) }

@Suite struct NumPyArrayTests {
    @Test func everyTypeOrderAndVersionOfNumPyIsRead() throws {
        let recorded = try RecordedArrays.read().arrays
        #expect(recorded.count == 33)
        for array in recorded {
            // Bytes after the array, and data that begins in the middle of other bytes, change nothing.
            for data in [array.file, array.file + [1, 2], (Data([0]) + array.file).dropFirst()] {
                let read = try NumPyArray(data, path: "a.npy")
                let expected = try array.values.map { try #require(Double($0)) }
                #expect(read.shape == array.shape, "\(array.name)")
                #expect(read.values.map(\.description) == expected.map(\.description), "\(array.name)")
            }
        }
    }

    @Test func whatIsWrittenHasTheBytesOfNumPy() throws {
        let recorded = try RecordedArrays.read().arrays
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/a.npy"
            for (name, type) in [
                ("<f4", NumPyArray.FloatType.float32), ("3-d", .float32), ("empty", .float32),
                ("<f8", .float64),
                ("2-d of doubles", .float64), ("0-d", .float64), ("1-d", .float64), ("empty, 1-d", .float64),
            ] {
                let array = try #require(recorded.first { $0.name == name })
                let read = try NumPyArray(array.file, path: name)
                try NumPyArray(shape: read.shape, values: read.values).write(to: path, as: type)
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == array.file, "\(name)")
                #expect(try NumPyArray(contentsOf: path).shape == array.shape)
            }
        }
    }

    @Test func whatFloatCannotHoldIsNotWrittenAsIt() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder + "/a.npy"
            let error = #expect(throws: FileError.self) {
                try NumPyArray(shape: [2], values: [1, 1e39]).write(to: path, as: .float32)
            }
            #expect(error?.path == path && error?.problem.contains("value 1, 1e+39, is too large") == true)
            #expect(!FileManager.default.fileExists(atPath: path))
            let array = NumPyArray(shape: [3], values: [0.1, 1e39, .infinity])
            try array.write(to: path)
            #expect(try NumPyArray(contentsOf: path).values == array.values)
        }
        let nowhere = "/no/such/folder/a.npy"
        #expect(throws: FileError.self) { try NumPyArray(shape: [], values: [1]).write(to: nowhere) }
    }

    @Test func whatHoldsNoRealNumbersIsRefused() throws {
        let refused = try RecordedArrays.read().refused
        #expect(refused.count == 9)
        for array in refused {
            let error = #expect(throws: FileError.self, "\(array.name)") {
                try NumPyArray(array.file, path: "a.npy")
            }
            let expected = ["structured", "elements of type", "element 1 of", "element 0 of"]
            #expect(expected.contains { error?.problem.contains($0) == true }, "\(error!)")
        }
    }

    /// Unusual headers, and what they mean.
    @Test(arguments: [
        ("{\"descr\":\"|u1\",\"fortran_order\":False,\"shape\":(2,)}", [2]),
        (header("'|i1'", "True", "(2L,)"), [2]),
        ("  {'shape': (1, 2),\n'descr': '<u1', 'fortran_order': True}\n", [1, 2]),
        (header("'=b1'", "True", "( )"), []),
        (header("'>u1'", "False", "(0, 9223372036854775807, 9223372036854775807)"), [0, .max, .max]),
    ])
    func unusualHeadersAreRead(header: String, shape: [Int]) throws {
        let array = try NumPyArray(file(header, [1, 1]), path: "a.npy")
        #expect(array.shape == shape && array.values.allSatisfy { $0 == 1 })
    }

    /// Files, and a part of the message.
    static let bad: [(data: Data, words: String)] = [
        (Data(), "not a .npy file"), (Data("\u{93}NUMPY\u{1}\0\0\0\0".utf8), "not a .npy file"),
        (Data([0x93] + "NUMPY".utf8), "not a .npy file"), (Data("PK\u{3}\u{4}".utf8), ".npz"),
        (Data([0x93] + "NUMPY".utf8 + [4, 0, 0, 0, 0, 0]), "version 4.0"),
        (Data([0x93] + "NUMPY".utf8 + [0, 1, 0, 0, 0, 0]), "version 0.1"),
        (Data([0x93] + "NUMPY".utf8 + [2, 0, 0, 0]), "ends before its header"),
        (Data([0x93] + "NUMPY".utf8 + [3, 0, 255, 255, 255, 255]), "header of 4294967295 bytes"),
        (file(header("(1,)"), [1], length: 60), "header of 60 bytes"),
        (file(String(repeating: " ", count: 10_001)), "header of 10001 bytes"),
        (file(""), "'{' is expected"), (file("{"), "' is expected"), (file("{}"), "not all of"),
        (file("[]"), "'{'"),
        (file("{'descr': '|u1', 'fortran_order': False}"), "not all of"),
        (file("{'x': 1}"), "key 'x' is unknown"),
        (file("{'descr': '|u1', 'descr': '|u1', }"), "twice"),
        (file(header("(1,)") + "x", [1]), "after the closing"),
        (file("{'descr' '|u1'}"), "':' is expected"),
        (file("{'descr': '|u1' 'shape': ()}"), "'}' is expected"),
        (file("{'descr"), "never closed"), (file(header("|u1", "False", "()"), [1]), "is expected"),
        (file(header("'|u1'", "0", "()"), [1]), "neither True nor False"),
        (file(header("2"), [1]), "'(' is expected"), (file(header("[2]"), [1]), "'(' is expected"),
        (file(header("(1)"), [1]), "not a tuple"), (file(header("(1 1)"), [1]), "not a tuple"),
        (file(header("(,)"), [1]), "whole numbers"), (file(header("(-1,)"), [1]), "whole numbers"),
        (file(header("(1.0,)"), [1]), "not a tuple"), (file(header("(1,,)"), [1]), "whole numbers"),
        (file(header("(9223372036854775808,)"), [1]), "whole numbers"),
        (file(header("(1"), [1]), "whole numbers"),
        (file(header("(\(String(repeating: "1, ", count: 65)))"), [1]), "at most 64 dimensions"),
        (file(header("(3,)"), [1, 2]), "2 bytes of elements are too few"),
        (file(header("'<f8'", "False", "(1,)"), [1, 2, 3, 4, 5, 6, 7]), "7 bytes of elements are too few"),
        (file(header("(4294967296, 4294967296)"), [1]), "too few for shape"),
        (file(header("'<f8'", "True", "(2305843009213693952,)"), [1]), "too few for shape"),
        (file(header("'<f16'", "False", "()"), [1]), "type '<f16'"),
        (file(header("'<f1'", "False", "()"), [1]), "'<f1'"),
        (file(header("'f4'", "False", "()"), [1]), "'f4'"),
        (file(header("'<b2'", "False", "()"), [1]), "'<b2'"),
        (file(header("''", "False", "()"), [1]), "type ''"),
        (file(header("'|O'", "False", "()"), [1]), "type '|O'"),
    ]

    @Test(arguments: bad.indices)
    func badFilesAreRefused(index: Int) {
        let (data, words) = Self.bad[index]
        let error = #expect(throws: FileError.self, "\(words)") { try NumPyArray(data, path: "a.npy") }
        #expect(error?.path == "a.npy" && error?.problem.contains(words) == true, "\(error!)")
    }

    @Test func sequencesAreBatchFirst() throws {
        let values = (0..<12).map(Double.init)
        let sequences = try NumPyArray(shape: [2, 3, 2], values: values).sequences()
        #expect(sequences == [[[0, 1], [2, 3], [4, 5]], [[6, 7], [8, 9], [10, 11]]])
        #expect(try NumPyArray(shape: [2, 2], values: [1, 2, 3, 4]).sequences() == [[[1, 2], [3, 4]]])
        #expect(try NumPyArray(shape: [3], values: [1, 2, 3]).sequences() == [[[1], [2], [3]]])
    }

    @Test func whatAreNoSequencesIsRefused() throws {
        let nan = NumPyArray(shape: [2, 3, 2], values: (0..<12).map { $0 == 9 ? .nan : 1 })
        for (array, words) in [
            (NumPyArray(shape: [], values: [1]), "0 dimensions"),
            (NumPyArray(shape: [1, 1, 1, 1], values: [1]), "4 dim"),
            (NumPyArray(shape: [3, 0], values: []), "[3, 0] has no values"),
            (NumPyArray(shape: [0, 1 << 40, 1 << 40], values: []), "has no values"),
            (nan, "feature 1 of step 1 of sequence 1 is nan"),
            (NumPyArray(shape: [2], values: [1, -.infinity]), "feature 0 of step 1 of sequence 0 is -inf"),
        ] {
            let error = #expect(throws: FileError.self) { try array.sequences() }
            #expect(error?.problem.contains(words) == true, "\(error!)")
        }
    }

    @Test func shapeAndValuesBelongTogether() async {
        await #expect(processExitsWith: .failure) { _ = NumPyArray(shape: [2], values: [1]) }
        await #expect(processExitsWith: .failure) { _ = NumPyArray(shape: [-1, -1], values: [1]) }
    }

    @Test func noDamageCrashesTheReader() throws {
        let files = try RecordedArrays.read().arrays.map { Array($0.file) }
        var mutations = Mutations(seed: 32)
        mutations.giveDamaged(files, telling: Array("'(),:{}<fiu0248".utf8)) { bytes, _ in
            guard let array = try? NumPyArray(Data(bytes), path: "a.npy") else { return false }
            #expect(array.values.count == (array.shape.contains(0) ? 0 : array.shape.reduce(1, *)))
            #expect(array.values.count <= bytes.count)
            if let sequences = try? array.sequences() {
                #expect(sequences.joined().joined().elementsEqual(array.values))
            }
            return true
        }
    }
}
