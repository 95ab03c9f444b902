import Foundation

/// A text escaped for element content and quoted attributes of SVG and HTML.
package func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
        // Characters that XML forbids even if they are escaped.
        case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// A coordinate, rounded to a tenth, in as few characters as possible.
package func short(_ length: Double) -> String {
    guard abs(length) < 1e9 else { return "0" }
    let tenths = Int((length * 10).rounded())
    let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
    return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
}

/// An element with those attributes that have a value. `text` is its content and is not escaped; without it the
/// element is empty.
package func element(_ name: String, _ attributes: KeyValuePairs<String, String?>, _ text: String? = nil)
    -> String
{
    var head = "<" + name
    for (name, value) in attributes {
        if let value { head += " \(name)=\"\(value)\"" }
    }
    return text.map { "\(head)>\($0)</\(name)>" } ?? head + "/>"
}
