/// The separator between the fields of a record.
public enum CSVSeparator: String, Sendable, Codable, CaseIterable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"

    var byte: UInt8 { rawValue.utf8.first ?? 0 }
}
