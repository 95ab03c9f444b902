import RecurrentLinearAlgebra

import Foundation

/// Values as checkpoints record them: JSON with sorted keys, in which infinities are texts.
enum CheckpointJSON {
    static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            unreachable("\(value) is not JSON: \(error)")
        }
    }

    /// A text as a value, or nil if it is none of this type.
    static func value<Value: Decodable>(_ text: String) -> Value? {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try? decoder.decode(Value.self, from: Data(text.utf8))
    }

    /// The fields of a value, each as a text.
    static func fields(_ value: some Encodable) -> [String: String] {
        let object = try? JSONSerialization.jsonObject(with: Data(text(value).utf8))
        guard let fields = object as? [String: Any] else {
            unreachable("\(value) has no fields")
        }
        return fields.mapValues { field in
            let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
            let text = try? JSONSerialization.data(withJSONObject: field, options: options)
            return String(decoding: text ?? Data(), as: UTF8.self)
        }
    }
}
