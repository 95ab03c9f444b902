import Foundation

/// Reads the header of a `.npy` file token by token; blanks before a token are skipped.
struct NumPyHeaderScanner {
    private let bytes: [UInt8]
    private let path: String
    private var place = 0

    init(_ text: Data, path: String) {
        bytes = Array(text)
        self.path = path
    }

    var isAtEnd: Bool {
        mutating get {
            skipBlanks()
            return place == bytes.count
        }
    }

    func problem(_ text: String) -> FileError {
        FileError(
            path: path, problem: "the .npy header is damaged: \(text); save the array again with numpy.save")
    }

    private mutating func skipBlanks() {
        while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    }

    mutating func skip(_ text: String) -> Bool {
        skipBlanks()
        guard bytes[place...].starts(with: text.utf8) else { return false }
        place += text.utf8.count
        return true
    }

    mutating func expect(_ text: String) throws(FileError) {
        if !skip(text) { throw problem("'\(text)' is expected at its byte \(place)") }
    }

    mutating func flag() throws(FileError) -> Bool {
        if skip("True") { return true }
        if skip("False") { return false }
        throw problem("fortran_order is neither True nor False")
    }

    /// A quoted text without escapes, which no key and no type needs.
    mutating func string() throws(FileError) -> String {
        let quote: UInt8 = skip("'") ? 0x27 : 0x22
        if quote == 0x22 { try expect("\"") }
        guard let end = bytes[place...].firstIndex(of: quote) else {
            throw problem("a quote is never closed")
        }
        defer { place = end + 1 }
        return String(decoding: bytes[place..<end].prefix(40), as: UTF8.self)
    }

    mutating func elementType() throws(FileError) -> NumPyElementType {
        if skip("[") {
            throw FileError(
                path: path,
                problem: "a structured array, which is not read; save one of its fields: a['name']")
        }
        let text = try string()
        guard let type = NumPyElementType(text) else {
            throw FileError(
                path: path,
                problem: "elements of type '\(text)' are not read; save real numbers: a.astype(numpy.float64)"
            )
        }
        return type
    }

    /// A tuple: (), (2,) or (2, 3).
    mutating func shape() throws(FileError) -> [Int] {
        var shape: [Int] = []
        var hasComma = false
        try expect("(")
        while !skip(")") {
            if !shape.isEmpty && !hasComma { throw problem("shape is not a tuple of whole numbers") }
            shape.append(try dimension())
            hasComma = skip(",")
        }
        if shape.count == 1 && !hasComma { throw problem("shape is a number and not a tuple") }
        if shape.count > Tuning.numPyDimensions {
            throw problem("an array has at most 64 dimensions, not \(shape.count)")
        }
        return shape
    }

    private mutating func dimension() throws(FileError) -> Int {
        skipBlanks()
        let digits = bytes[place...].prefix { 0x30...0x39 ~= $0 }
        guard let dimension = Int(String(decoding: digits, as: UTF8.self)) else {
            throw problem("shape holds something else than whole numbers from 0 to \(Int.max)")
        }
        place = digits.endIndex
        _ = skip("L")
        return dimension
    }
}
