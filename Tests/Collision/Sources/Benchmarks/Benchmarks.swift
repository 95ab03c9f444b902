public enum Benchmarks {
    public static let name = "Benchmarks"
}
