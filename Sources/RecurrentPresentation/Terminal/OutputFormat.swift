/// A format in which a command prints its results.
package enum OutputFormat: String, CaseIterable {
    /// Aligned columns of text for people.
    case table
    /// An array of objects with a key for each column; numbers with all their digits.
    case json
    /// A header line and a line for each row, as in RFC 4180; numbers with all their digits.
    case csv
}
