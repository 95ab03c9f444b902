/// A problem with the quotes of a record.
enum CSVFault {
    case quoteInside, textAfterQuote, neverClosed

    var problem: String {
        switch self {
        case .quoteInside:
            "a quote inside a field that does not begin with one; double it and quote the field"
        case .textAfterQuote: "text after a closing quote; double the quotes inside a quoted field"
        case .neverClosed: "a quote that is never closed"
        }
    }
}
