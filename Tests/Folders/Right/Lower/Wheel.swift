/// Part of a Car; see `Car` /* and */ above.
struct Wheel {
    /* A Road is named in strings only. */
    let words = #"a "Car" on a Road"# + "a \"Car\""
    let text = """
        Car, Road and "Traffic"
        """
    let road = Road.dirt
    let traffic = Traffic()
    let speed: Speed? = nil

    /// Nested, not the one above.
    struct Speed {
        var description = ""
    }
    func start() { repair() }
    func repair() {}
}

extension Wheel {
    func maximum(_ text: String) -> Speed? { text.description.isEmpty ? speed : nil }
}
