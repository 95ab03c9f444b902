public enum TestSupport {
    public static let name = "TestSupport"
}
