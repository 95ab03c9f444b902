import Foundation

/// The problem that a JSON decoder found in `json`, as one line with its place: `weights.Wx[3]: …`.
package func describe(_ error: any Error, in json: Data) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func place(_ path: [any CodingKey], _ key: (any CodingKey)? = nil) -> String {
        let keys = path + (key.map { [$0] } ?? [])
        let text = keys.reduce("") { text, key in
            key.intValue.map { "\(text)[\($0)]" }
                ?? (text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)")
        }
        return text.isEmpty ? "" : "\(text): "
    }
    switch error {
    case .keyNotFound(let key, let context):
        return place(context.codingPath, key) + "missing"
    case .typeMismatch(let type, let context):
        return place(context.codingPath) + "not \(words(for: type))"
    case .valueNotFound(let type, let context):
        return place(context.codingPath) + "null where \(words(for: type)) is expected"
    case .dataCorrupted(let context):
        return context.codingPath.isEmpty
            ? "invalid JSON: \(syntaxError(in: json) ?? context.debugDescription)"
            : place(context.codingPath) + context.debugDescription
    @unknown default:
        return "\(error)"
    }
}

/// The place of a syntax error, which the decoder itself does not tell.
private func syntaxError(in json: Data) -> String? {
    do {
        _ = try JSONSerialization.jsonObject(with: json)
        return nil
    } catch {
        return (error as NSError).userInfo["NSDebugDescription"] as? String
    }
}

private func words(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Int.Type: "a whole number"
    case is Double.Type: "a number"
    case is Bool.Type: "true or false"
    default: "\(type)".hasPrefix("Array") ? "an array" : "an object"
    }
}
