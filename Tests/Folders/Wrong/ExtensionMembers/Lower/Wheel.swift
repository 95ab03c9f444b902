struct Wheel {
    func roll() -> Int { roundsPerMinute }
    static func rolls(_ wheel: Wheel) -> Int { wheel.roundsPerMinute }
}
