import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import TestSupport
import Testing

/// A file of a header and `bytes` bytes of zeros.
private func file(_ header: String, _ bytes: Int, length: UInt64? = nil) -> Data {
    var data = Data()
    let count = length ?? UInt64(header.utf8.count)
    for shift in 0..<8 { data.append(UInt8(truncatingIfNeeded: count >> (8 * UInt64(shift)))) }
    return data + Data(header.utf8) + Data(repeating: 0, count: bytes)
}

private func entry(_ name: String, _ type: String, _ shape: String, _ offsets: String) -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
}

@Suite struct SafetensorsTests {
    /// Files that the reference implementation rejects.
    static let rejected: [(name: String, data: Data)] = [
        ("empty", Data()),
        ("seven bytes", Data(repeating: 0, count: 7)),
        ("header too large", file("{}", 0, length: 100_000_001)),
        ("header length of all ones", file("{}", 0, length: .max)),
        ("header longer than the file", file("{}", 0, length: 3)),
        ("not UTF-8", file("{", 0, length: 4) + Data([0xFF, 0xFE, 0x7D])),
        ("not JSON", file("{a}", 0)),
        ("empty header", file("", 0)),
        ("an array", file("[]", 0)),
        ("text behind the object", file("{}x", 0)),
        ("padded with NUL", file("{}\0\0", 0)),
        ("UTF-16", file("{\0}\0", 0)),
        ("metadata that is not text", file("{\"__metadata__\":{\"a\":1}}", 0)),
        ("unknown type", file("{\(entry("x", "F128", "[1]", "[0,16]"))}", 16)),
        ("lower-case type", file("{\(entry("x", "f32", "[1]", "[0,4]"))}", 4)),
        ("negative dimension", file("{\(entry("x", "F32", "[-1]", "[0,4]"))}", 4)),
        ("fractional dimension", file("{\(entry("x", "F32", "[1.5]", "[0,6]"))}", 6)),
        ("three offsets", file("{\(entry("x", "F32", "[1]", "[0,4,4]"))}", 4)),
        ("one offset", file("{\(entry("x", "F32", "[1]", "[0]"))}", 4)),
        ("offsets backwards", file("{\(entry("x", "F32", "[1]", "[4,0]"))}", 4)),
        ("negative offset", file("{\(entry("x", "F32", "[1]", "[-4,0]"))}", 4)),
        ("a start that is not 0", file("{\(entry("x", "F32", "[1]", "[4,8]"))}", 8)),
        ("a gap", file("{\(entry("x", "F32", "[1]", "[0,4]")),\(entry("y", "F32", "[1]", "[8,12]"))}", 12)),
        (
            "an overlap",
            file("{\(entry("x", "F32", "[2]", "[0,8]")),\(entry("y", "F32", "[1]", "[4,8]"))}", 8)
        ),
        ("size and shape differ", file("{\(entry("x", "F32", "[3]", "[0,8]"))}", 8)),
        (
            "a product that overflows",
            file("{\(entry("x", "F64", "[4611686018427387904,4611686018427387904]", "[0,8]"))}", 8)
        ),
        ("a dimension beyond Int", file("{\(entry("x", "F64", "[99999999999999999999]", "[0,8]"))}", 8)),
        ("bytes left over", file("{\(entry("x", "F32", "[1]", "[0,4]"))}", 5)),
        ("bytes missing", file("{\(entry("x", "F32", "[1]", "[0,4]"))}", 3)),
        ("bytes behind no tensors", file("{}", 1)),
        ("a third of a byte", file("{\(entry("x", "F6_E2M3", "[1]", "[0,1]"))}", 1)),
        ("an entry without type", file("{\"x\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4)),
        ("null for a tensor", file("{\"x\":null}", 0)),
        ("a quote that is never closed", file("{\"x:{}}", 0)),
        ("a thousand brackets", file(String(repeating: "[", count: 100_000), 0)),
    ]

    @Test(arguments: 0..<35)
    func whatTheReferenceRejectsIsRejected(index: Int) {
        let (name, data) = Self.rejected[index]
        #expect(throws: SafetensorsError.self, "\(name)") { try Safetensors(data) }
    }

    @Test func allOfTheListIsTested() { #expect(Self.rejected.count == 35) }

    @Test func whatTheReferenceAcceptsIsAccepted() throws {
        #expect(try Safetensors(file("{}", 0)).tensors.isEmpty)
        #expect(try Safetensors(file("{}  \n", 0)).tensors.isEmpty)
        #expect(try Safetensors(file("{\"__metadata__\":{\"a\":\"b\"}}", 0)).metadata == ["a": "b"])
        let scalar = try Safetensors(file("{\(entry("", "F64", "[]", "[0,8]"))}", 8))
        #expect(scalar[""]?.shape == [] && scalar[""]?.elements(as: Double.self) == [0])
        let empty = try Safetensors(file("{\(entry("x", "F32", "[3,0]", "[0,0]"))}", 0))
        #expect(empty["x"]?.bytes.count == 0)
        // Empty tensors may be anywhere among the others, whatever the order of names.
        for names in [("a", "z"), ("z", "a")] {
            let full = Safetensors.Tensor(name: names.0, Matrix<Float>([[1, 2]]))
            let none = Safetensors.Tensor(name: names.1, Matrix<Float>(rows: 0, columns: 3))
            #expect(try Safetensors(Safetensors(tensors: [full, none]).data).tensors.count == 2)
        }
        let unaligned = try Safetensors(
            file("{\(entry("b", "F32", "[1]", "[1,5]")),\(entry("a", "U8", "[1]", "[0,1]"))}", 5))
        #expect(unaligned.tensors.map(\.name) == ["a", "b"])
        #expect(unaligned["b"]?.elements(as: Float.self) == [0])
        #expect(unaligned["a"]?.elements(as: Float.self) == nil)
        let extra = "{\"x\":{\"dtype\":\"F4\",\"shape\":[2],\"data_offsets\":[0,1],\"more\":true}}"
        #expect(try Safetensors(file(extra, 1))["x"]?.type == .f4)
    }

    @Test func filesAreWrittenAsTheReferenceWritesThem() throws {
        let single = Safetensors.Tensor(name: "z \"quoted\" ü", Matrix<Float>([[1, 2]]))
        let double = Safetensors.Tensor(name: "b", Matrix<Double>([[3], [4]]))
        let vector = Safetensors.Tensor(name: "a", Matrix<Double>([[5]]), asVector: true)
        let written = Safetensors(tensors: [single, double, vector], metadata: ["k": "v\n"])
        let data = written.data
        let length = Int(data[0]) + Int(data[1]) << 8
        #expect(length % 8 == 0)
        #expect(String(decoding: data[8..<26], as: UTF8.self) == "{\"__metadata__\":{\"")
        let read = try Safetensors(data)
        #expect(read.tensors == [vector, double, single] && read.metadata == ["k": "v\n"])
        #expect(read["a"]?.shape == [1] && read["b"]?.shape == [2, 1])
    }

    private func tensor(_ type: Safetensors.ElementType, _ words: [UInt16]) -> Safetensors.Tensor {
        let bytes = Data(words.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        return Safetensors.Tensor(name: "x", type: type, shape: [words.count], bytes: bytes)
    }

    /// 1, the values beside it, the least and the greatest magnitudes, the least normal number, both zeros.
    @Test func numbersOfHalfTheWidthAreWidenedExactly() {
        let half = tensor(.f16, [0x3C00, 0x3C01, 0xBBFF, 0x0001, 0x83FF, 0x7BFF, 0x0400, 0x8000])
        let values = [1, 1 + 0x1p-10, -1 + 0x1p-11, 0x1p-24, -1023 * 0x1p-24, 65504, 0x1p-14, 0]
        #expect(half.elements(as: Double.self) == values)
        let brain = tensor(.bf16, [0x3F80, 0x3F81, 0xBF7F, 0x0001, 0x807F, 0x7F7F, 0x0080, 0x8000])
        let wide = [1, 1 + 0x1p-7, -1 + 0x1p-8, 0x1p-133, -127 * 0x1p-133, 255 * 0x1p120, 0x1p-126, 0]
        #expect(brain.elements(as: Double.self) == wide)
        #expect(half.elements(as: Double.self)?.last?.sign == .minus)
        #expect(brain.elements(as: Float.self)?.last?.sign == .minus)
    }

    @Test func singlePrecisionHasEveryNumberOfHalfTheWidth() throws {
        for (type, infinities) in [(Safetensors.ElementType.f16, 0x7C00), (.bf16, 0x7F80)] {
            let all = tensor(type, (0...UInt16.max).map { $0 })
            let single = try #require(all.elements(as: Float.self))
            let double = try #require(all.elements(as: Double.self))
            let different = double.indices.filter { Double(single[$0]).bitPattern != double[$0].bitPattern }
            #expect(different.allSatisfy { double[$0].isNaN && single[$0].isNaN })
            let positive = double[..<infinities]
            #expect(zip(positive, positive.dropFirst()).allSatisfy { $0 < $1 })
            #expect(double[infinities] == .infinity && double[infinities | 0x8000] == -.infinity)
            #expect(double[infinities + 1].isNaN)
        }
    }

    @Test func noDamageCrashesTheReader() throws {
        let network = try Drawn<Float>(Problem()).network
        var mutations = Mutations(seed: 11)
        let telling = Array("{}[]\",:019-\0".utf8) + [0xFF]
        mutations.giveDamaged([Array(network.safetensors().data)], telling: telling) { bytes, _ in
            guard let file = try? Safetensors(Data(bytes)) else { return false }
            #expect(
                file.tensors.allSatisfy { $0.bytes.count * 8 == $0.shape.reduce(1, *) * $0.type.bits })
            #expect(file.tensors.reduce(8) { $0 + $1.bytes.count } < bytes.count)
            if let read = try? RecurrentNetwork<Float>(file) {
                #expect(read.configuration.stateWidth == network.configuration.stateWidth)
            }
            return true
        }
    }
}
