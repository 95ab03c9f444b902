public enum Formats {
    public static let name = "Formats"
}
