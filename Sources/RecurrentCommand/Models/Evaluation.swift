/// The performance of a network on data whose answers are known.
struct Evaluation {
    /// In the units of the application's measure.
    let score: Double
    let table: Table
    /// Further results, for people.
    var note: String?
}
