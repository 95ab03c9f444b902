import Foundation
import RecurrentLinearAlgebra
import Recurrent

/// Measures how fast files of 100 MB are read, and the largest growth of memory meanwhile. The contents are compared
/// with what was written before a figure counts.
func measureReading() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, letters) in [
        ("text, ASCII", "etaoinshrdlcumwfgypbvk"), ("text, Cyrillic", "оеаинтсрвлкмдпуяыьгзбч"),
    ] {
        try WrittenText(folder + "/text.txt", letters: Array(letters)).measure(name)
    }
    try WrittenTable(folder + "/table.csv").measure()
}

/// Writes lines until the file has 100 MB.
///
/// - Returns: its size in megabytes.
func writeLines(to path: String, _ line: (Int) -> String) throws -> Double {
    guard FileManager.default.createFile(atPath: path, contents: nil) else {
        throw FileError(path: path, problem: "the file cannot be created")
    }
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    var (bytes, piece, row) = (0, "", 0)
    while bytes < 100_000_000 {
        piece.removeAll(keepingCapacity: true)
        while piece.utf8.count < 1 << 20 {
            piece += line(row)
            row += 1
        }
        bytes += piece.utf8.count
        try file.write(contentsOf: Data(piece.utf8))
    }
    try file.close()
    return Double(bytes) / 1e6
}

/// Prints the best speed of three runs, by the clock and by processor time (which depends less on other programs), and
/// the growth of memory over all of them.
func reportReading(_ name: String, _ megabytes: Double, _ read: () throws -> Bool) throws {
    var (least, leastBusy) = (Double.infinity, Double.infinity)
    var isRight = true
    let growth = try growth {
        for _ in 0..<3 {
            let (start, busy) = (ContinuousClock.now, clock())
            let found = try read()
            least = min(least, (ContinuousClock.now - start) / .seconds(1))
            leastBusy = min(leastBusy, Double(clock() - busy) / Double(CLOCKS_PER_SEC))
            isRight = isRight && found
        }
    }
    guard isRight else { return print("WRONG: \(name)") }
    print(
        "\(format(megabytes / least, 0, width: 6)) MB/s \(format(megabytes / leastBusy, 0, width: 6)) MB/s busy \(format(growth, 1, width: 6)) MB memory   \(name)"
    )
}
