/// A column, by the name in the header or by its number, counted from 1.
public enum TableColumn: Equatable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case name(String)
    case number(Int)

    public init(stringLiteral name: String) { self = .name(name) }
    public init(integerLiteral number: Int) { self = .number(number) }
}
