import Foundation

/// A problem with a file: the place, the problem, and what to do. Printed as `path:line: problem`.
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file, "standard input", or the name that was given to bytes in memory.
    public let path: String
    /// Counted from 1; nil where the file has no lines.
    public let line: Int?
    /// The problem and what to do, without the place.
    public let problem: String

    public init(path: String, line: Int? = nil, problem: String) {
        self.path = path
        self.line = line
        self.problem = problem
    }

    public var description: String {
        line.map { "\(path):\($0): \(problem)" } ?? "\(path): \(problem)"
    }

    /// All bytes of a file, or of standard input for "-".
    package static func read(_ path: String) throws(FileError) -> Data {
        var stream = try ByteStream(path)
        return try stream.rest()
    }
}
