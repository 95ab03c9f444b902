import AllocationCounter
import Foundation
import Recurrent
import Testing

/// Damages bytes as a disk, a transfer or an editor may do; the same seed gives the same damage.
package struct Mutations {
    private var generator: RandomGenerator

    package init(seed: UInt64) { generator = RandomGenerator(seed: seed) }

    /// Gives 10,000 damaged copies of good files of a few hundred bytes to a reader, which returns true if it accepts
    /// one. Each may take a second of this thread's time and allocate a megabyte at once. At least 500 must be accepted
    /// and 500 refused, so that the damage is neither too small nor too great.
    package mutating func giveDamaged(
        _ files: [[UInt8]], telling: [UInt8], from location: SourceLocation = #_sourceLocation,
        to accepts: ([UInt8], inout Mutations) -> Bool
    ) {
        var accepted = 0
        for _ in 0..<10_000 {
            let bytes = mutate(files[generator.index(below: files.count)], telling: telling)
            let start = Self.threadTime
            _ = largest_allocation()
            if accepts(bytes, &self) { accepted += 1 }
            #expect(largest_allocation() <= 1 << 20, "\(bytes)", sourceLocation: location)
            #expect(Self.threadTime - start < .seconds(1), "\(bytes)", sourceLocation: location)
        }
        #expect(500...9500 ~= accepted, sourceLocation: location)
    }

    /// A copy with one to four changes: a bit or a byte changed, bytes removed, inserted or doubled, the end cut off.
    /// Every second inserted byte is one of `telling`.
    package mutating func mutate(_ good: [UInt8], telling: [UInt8]) -> [UInt8] {
        var bytes = good
        for _ in 0...generator.index(below: 4) {
            let place = generator.index(below: bytes.count + 1)
            let end = min(bytes.count, place + 1 + generator.index(below: 8))
            switch generator.index(below: 7) {
            case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(generator.index(below: 8))
            case 1 where place < bytes.count: bytes[place] = byte(telling)
            case 2: bytes.removeSubrange(place..<end)
            case 3, 4: bytes.insert(byte(telling), at: place)
            case 5: bytes.insert(contentsOf: bytes[place..<end], at: generator.index(below: bytes.count + 1))
            case 6 where generator.index(below: 4) == 0: bytes.removeSubrange(place...)
            default: break
            }
        }
        return bytes
    }

    /// The number of bytes to read at once, mostly small.
    package mutating func chunk() -> Int { [1, 2, 3, 7, 64][generator.index(below: 5)] }

    private mutating func byte(_ telling: [UInt8]) -> UInt8 {
        generator.index(below: 2) == 0
            ? UInt8(generator.index(below: 256)) : telling[generator.index(below: telling.count)]
    }

    /// This thread's processor time.
    private static var threadTime: Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
