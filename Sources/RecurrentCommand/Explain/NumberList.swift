import Foundation

/// Numbers typed on the command line.
enum NumberList {
    /// "0.5,1; -1,0.3" as two steps of two values.
    static func steps(_ text: String, option: String) throws -> [[Double]] {
        try text.split(separator: ";", omittingEmptySubsequences: false).enumerated().map { step, part in
            try values(String(part), option: "step \(step + 1) of \(option)")
        }
    }

    static func values(_ text: String, option: String) throws -> [Double] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            let field = part.trimmingCharacters(in: .whitespaces)
            // `Double` would also accept hexadecimal.
            guard field.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let value = Double(field),
                value.isFinite
            else {
                throw CommandFailure(
                    "\(option): '\(field)' is not a finite number; separate numbers by commas and steps by semicolons"
                )
            }
            return value
        }
    }
}
