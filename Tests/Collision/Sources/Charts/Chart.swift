public struct Chart {
    public let title: String

    public init(_ title: String) { self.title = title }
}
