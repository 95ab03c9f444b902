import Foundation
import RecurrentLinearAlgebra
import SampleProblems

/// Prints the SHA-256 of the results of every digest case, in both number types. On the same machine the list stays
/// the same as long as the engine computes the same bits.
func printDigest(workers: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var (files, names) = ([String](), [String]())
    func add<S: Scalar>(_ type: S.Type, _ digestCase: DigestCase) throws {
        let file = String(files.count)
        let results = try digestCase.results(in: type, workers: workers)
        try Data(results).write(to: folder.appendingPathComponent(file))
        files.append(file)
        names.append("\(S.typeName) \(digestCase)")
    }
    for digestCase in DigestCase.all {
        try add(Double.self, digestCase)
        try add(Float.self, digestCase)
    }
    for (sum, name) in zip(try checksums(of: files, in: folder), names) { print("\(sum)  \(name)") }
}

/// Compares the results of every digest case on several numbers of workers with those on one, and prints a line.
///
/// - Returns: true if all have the same bits.
func checkWorkers() throws -> Bool {
    func differs<S: Scalar>(_ type: S.Type, _ digestCase: DigestCase) throws -> Bool {
        let alone = try digestCase.results(in: type, workers: 1, trainingSteps: 3)
        return try [2, 3, 4, 7, 16].contains {
            try digestCase.results(in: type, workers: $0, trainingSteps: 3) != alone
        }
    }
    let wrong = try DigestCase.all.filter { try differs(Double.self, $0) || differs(Float.self, $0) }
    for digestCase in wrong { print("check workers: different bits on several: \(digestCase), WRONG") }
    print(
        "check workers: \(DigestCase.all.count - wrong.count) of \(DigestCase.all.count) problems, F64 and F32, have the same bits on 1, 2, 3, 4, 7 and 16 workers"
    )
    return wrong.isEmpty
}

/// The SHA-256 of each file, computed by the system's own program.
private func checksums(of files: [String], in folder: URL) throws -> [Substring] {
    let output = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sha256sum"] + files
    process.currentDirectoryURL = folder
    process.standardOutput = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let sums = String(decoding: text, as: UTF8.self).split(separator: "\n").map { $0.prefix(64) }
    guard process.terminationStatus == 0, sums.count == files.count else { throw ChecksumError() }
    return sums
}

private struct ChecksumError: Error, CustomStringConvertible {
    let description = "sha256sum, of the GNU coreutils, could not be run; install it"
}
