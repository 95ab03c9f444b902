import Foundation

extension Safetensors {
    /// The key of a file's checksum.
    package static let checksumKey = "trainer.checksum"

    /// A number over all tensors and all metadata but the checksum itself. Any change of these changes it.
    package var checksum: String {
        var sum = Checksum()
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where key != Self.checksumKey {
            sum.add(Data(key.utf8))
            sum.add(Data(value.utf8))
        }
        for tensor in tensors.sorted(by: { $0.name < $1.name }) {
            sum.add(Data("\(tensor.name) \(tensor.type.rawValue) \(tensor.shape)".utf8))
            sum.add(tensor.bytes)
        }
        return String(sum.state, radix: 16)
    }
}

/// SplitMix64's finaliser, over one word after the other. It detects damage, not forgery.
private struct Checksum {
    private(set) var state: UInt64 = 0

    mutating func add(_ data: Data) {
        add(UInt64(data.count))
        unsafe data.withUnsafeBytes { bytes in
            let whole = bytes.count & ~7
            for offset in stride(from: 0, to: whole, by: 8) {
                add(unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            }
            var last: UInt64 = 0
            for offset in whole..<bytes.count { last = last << 8 | UInt64(unsafe bytes[offset]) }
            add(last)
        }
    }

    private mutating func add(_ word: UInt64) {
        state = RandomGenerator.seed(state ^ word, 0) &+ 0x9E37_79B9_7F4A_7C15
    }
}
