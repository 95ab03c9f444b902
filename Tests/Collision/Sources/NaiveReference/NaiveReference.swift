public enum NaiveReference {
    public static let name = "NaiveReference"
}
