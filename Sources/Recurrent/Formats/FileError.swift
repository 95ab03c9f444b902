import Foundation

/// What is wrong with a file: where, what, and what to do. Printed as `path:line: problem`.
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
    public let path: String
    /// Counted from 1; nil where the file has no lines.
    public let line: Int?
    public let problem: String

    public init(path: String, line: Int? = nil, problem: String) {
        self.path = path
        self.line = line
        self.problem = problem
    }

    public var description: String {
        line.map { "\(path):\($0): \(problem)" } ?? "\(path): \(problem)"
    }

    /// All bytes of a file.
    static func read(_ path: String) throws(FileError) -> Data {
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw FileError(path: path, problem: "there is no such file; check the path")
        }
        if isDirectory.boolValue {
            throw FileError(path: path, problem: "this is a folder; give a file")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError(path: path, problem: "the file cannot be read; check its permissions")
        }
        return data
    }
}
